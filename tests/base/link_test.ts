import assert from "node:assert/strict";
import { isLinkEffect } from "../../lib/base/link.ts";

Deno.test("links: effects on links are told from a machine's own", () => {
  for (const kind of ["send", "connect", "close", "abort"]) assert.ok(isLinkEffect({ kind }));
  for (const kind of ["user_added", "refused", "status", "line", "closed", ""]) {
    assert.ok(!isLinkEffect({ kind }));
  }
});
