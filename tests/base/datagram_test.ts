import assert from "node:assert/strict";
import { isDatagramEffect } from "../../lib/base/datagram.ts";

Deno.test("effects on a socket are told from all others", () => {
  assert.ok(isDatagramEffect({ kind: "send_datagram" }));
  assert.ok(!isDatagramEffect({ kind: "send" }));
});
