import { strict as assert } from "node:assert";
import type { RendezvousRequest } from "../../lib/overlay/contract.ts";
import { askRendezvous } from "../../lib/runtime/rendezvous_client.ts";
import { OneShotServer } from "./one_shot_server.ts";

const never = new AbortController().signal;
const ANA = { namespace: "UnB", name: "Ana", port: 7070 };

async function ask(request: RendezvousRequest, answer: string | Uint8Array) {
  await using server = new OneShotServer(() => answer);
  const outcome = await askRendezvous(server.address, request, never);
  return { outcome, request: JSON.parse(server.requests[0]!) };
}

Deno.test("REGISTER: what was asked, and the lease that was granted", async () => {
  const { outcome, request } = await ask(
    { kind: "register", ...ANA, ttl: 7200 },
    '{"status":"OK","ttl":60,"observed_ip":"127.0.0.1","observed_port":4}\n',
  );
  assert.deepEqual(request, { type: "REGISTER", ...ANA, ttl: 7200 });
  assert.ok(outcome.ok && outcome.ttl === 60);
});

Deno.test("DISCOVER: of a namespace or of all, with the peers", async () => {
  const peers =
    '{"status":"OK","peers":[{"ip":"10.0.0.7","port":1,"name":"Bia","namespace":"N"}]}\n';
  const one = await ask({ kind: "discover", namespace: "N", purpose: "neighbours" }, peers);
  assert.deepEqual(one.request, { type: "DISCOVER", namespace: "N" });
  assert.ok(one.outcome.ok);
  assert.deepEqual(
    one.outcome.peers?.map(({ ip, port, name, namespace }) => [ip, port, name, namespace]),
    [["10.0.0.7", 1, "Bia", "N"]],
  );
  const all = await ask({ kind: "discover", namespace: undefined, purpose: { tag: 1 } }, peers);
  assert.deepEqual(all.request, { type: "DISCOVER" });
});

Deno.test("UNREGISTER", async () => {
  const { outcome, request } = await ask({ kind: "unregister", ...ANA }, '{"status":"OK"}\n');
  assert.deepEqual(request, { type: "UNREGISTER", ...ANA });
  assert.ok(outcome.ok);
});

for (
  const [name, answer, reason] of [
    ["an error", '{"status":"ERROR","error":"bad_name"}\n', /^bad_name$/],
    ["an error in words", '{"status":"ERROR","message":"Unknown command"}\n', /./],
    ["no JSON", "HTTP/1.1 400 Bad Request\r\n", /./],
    ["no UTF-8", Uint8Array.of(0xff, 0x0a), /./],
    ["an empty line", "\n", /./],
  ] as const
) {
  Deno.test(`${name} is a refusal`, async () => {
    const { outcome } = await ask({ kind: "register", ...ANA, ttl: 1 }, answer);
    assert.ok(!outcome.ok && outcome.fault === "refused", JSON.stringify(outcome));
    assert.match(outcome.reason, reason);
  });
}

Deno.test("no answer is no refusal", async () => {
  const { outcome } = await ask({ kind: "unregister", ...ANA }, "");
  assert.deepEqual(outcome, {
    ok: false,
    fault: "unreachable",
    reason: "closed without an answer",
  });
});
