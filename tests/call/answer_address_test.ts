import assert from "node:assert/strict";
import { answerAddress, mayAnswer, sameAddress } from "../../lib/call/answer_address.ts";
import { parseIpPort } from "../../lib/base/address.ts";

const at = (text: string) => parseIpPort(text)!;

/** What a message claims, where it came from, and where its answer goes. */
const ANSWERS: readonly (readonly [claimed: string, from: string, to: string])[] = [
  ["203.0.113.1:6000", "203.0.113.1:6000", "203.0.113.1:6000"],
  ["198.51.100.1:6000", "203.0.113.1:6000", "203.0.113.1:6000"],
  ["203.0.113.1:6000", "203.0.113.1:41000", "203.0.113.1:41000"],
  ["192.168.0.5:6000", "203.0.113.1:41000", "203.0.113.1:41000"],
  ["203.0.113.1:6000", "192.168.0.5:6000", "192.168.0.5:6000"],
  ["127.0.0.1:6000", "127.0.0.1:41000", "127.0.0.1:6000"],
  ["192.168.0.5:6000", "10.0.0.7:41000", "192.168.0.5:6000"],
  ["fd00::7:6000", "fd00::9:41000", "fd00::7:6000"],
];

for (const [claimed, from, to] of ANSWERS) {
  Deno.test(`answer address: ${from} that claims ${claimed} is answered at ${to}`, () => {
    assert.deepEqual(answerAddress(at(claimed), at(from)), at(to));
  });
}

Deno.test("answer address: what is not claimed is as it was seen", () => {
  const from = at("192.168.0.5:41000");
  assert.deepEqual(answerAddress({}, from), from);
  assert.deepEqual(answerAddress({ port: 6000 }, from), at("192.168.0.5:6000"));
  assert.deepEqual(answerAddress({ ip: "192.168.0.6" }, from), at("192.168.0.6:41000"));
});

Deno.test("answer address: the same socket is the same ip and port", () => {
  assert.ok(sameAddress(at("10.0.0.1:1"), at("10.0.0.1:1")));
  assert.ok(!sameAddress(at("10.0.0.1:1"), at("10.0.0.1:2")));
  assert.ok(!sameAddress(at("10.0.0.1:1"), at("10.0.0.2:1")));
});

Deno.test("answer address: the invited machine may answer, or one of the local network", () => {
  assert.ok(mayAnswer(at("203.0.113.1:6000"), at("203.0.113.1:41000")));
  assert.ok(mayAnswer(at("192.168.0.5:6000"), at("10.0.0.7:6000")));
  assert.ok(!mayAnswer(at("203.0.113.1:6000"), at("203.0.113.2:6000")));
  assert.ok(!mayAnswer(at("192.168.0.5:6000"), at("203.0.113.2:6000")));
});
