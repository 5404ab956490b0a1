import assert from "node:assert/strict";
import { PersonError, RemoteProtocolError } from "../../lib/base/errors.ts";

Deno.test("errors: a remote's mistake says its code, and its detail where there is one", () => {
  assert.equal(new RemoteProtocolError("bad_name").message, "bad_name");
  const error = new RemoteProtocolError("bad_port", "abc");
  assert.equal(error.message, "bad_port: abc");
  assert.equal(error.code, "bad_port");
  assert.equal(error.detail, "abc");
  assert.equal(error.name, "RemoteProtocolError");
});

Deno.test("errors: a person's mistake names its sentence and fills its gaps", () => {
  const error = new PersonError("port_taken", { port: "5000" });
  assert.equal(error.key, "port_taken");
  assert.deepEqual(error.values, { port: "5000" });
});
