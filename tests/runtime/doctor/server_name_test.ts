import assert from "node:assert/strict";
import { lookUpName } from "../../../lib/runtime/doctor/server_name.ts";

const never = new AbortController().signal;

Deno.test("an address is no name", async () => {
  for (const host of ["192.0.2.1", "::1", "fe80::1%eth0"]) {
    assert.deepEqual(await lookUpName(host, never), []);
  }
});

Deno.test("a name is looked up where the system looks, also in its file of names", async () => {
  const [found] = await lookUpName("localhost", never);
  assert.ok(found?.kind === "name" && found.ip !== null);
  assert.match(found.ip, /^127\.|^::1$/);
});

Deno.test("a name that is nobody's, and one that is given up", async () => {
  const [found] = await lookUpName("nobody.invalid", never);
  assert.ok(found?.kind === "name" && found.ip === null);
  const [given] = await lookUpName("localhost", AbortSignal.abort());
  assert.ok(given?.kind === "name");
});
