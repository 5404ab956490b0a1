import assert from "node:assert/strict";
import { LIMITS } from "../../lib/base/limits.ts";

Deno.test("limits: what the protocol pages fix", () => {
  assert.equal(LIMITS.nameCharacters, 64);
  assert.equal(LIMITS.jsonLineBytes, 32_768);
  assert.equal(LIMITS.chatLineBytes, 8_192);
  assert.equal(LIMITS.serverReplyBytes, 16 * 1024 * 1024);
  assert.equal(LIMITS.chatLease, 15_000);
  assert.equal(LIMITS.chatKeepalive, 5_000);
  assert.equal(LIMITS.chatRegistration, 15_000);
  assert.equal(LIMITS.chatGreeting, 10_000);
  assert.equal(LIMITS.registryRequest, 10_000);
  assert.deepEqual(LIMITS.rendezvousTtlSeconds, { default: 7200, least: 1, most: 86_400 });
});

Deno.test("limits: three keepalives fit in a chat lease", () => {
  assert.equal(LIMITS.chatLease, 3 * LIMITS.chatKeepalive);
});

Deno.test("limits: every one has a comment of its own", async () => {
  const source = await Deno.readTextFile(new URL("../../lib/base/limits.ts", import.meta.url));
  const lines = source.slice(source.indexOf("export const LIMITS")).split("\n");
  for (const field of Object.keys(LIMITS)) {
    const at = lines.findIndex((line) => line.startsWith(`  ${field}:`));
    assert.ok(at > 0, `${field} is not on a line of its own`);
    assert.match(lines[at - 1]!, /\*\/$/, `${field} has no comment`);
  }
});
