import assert from "node:assert/strict";
import { refusedPath } from "../../lib/runtime/refused_path.ts";

const REFUSAL = new Deno.errors.NotCapable("Requires all access");

Deno.test({
  name: "refused path: where every flag is there, it is the system that does not allow it",
  permissions: { read: ["/proc"], write: ["/proc"] },
  fn() {
    const error = refusedPath(REFUSAL, "/proc/prosa", "read", "write");
    assert.ok(error instanceof Deno.errors.PermissionDenied);
    assert.equal(error.cause, REFUSAL);
  },
});

Deno.test({
  name: "refused path: where a flag is missing, and of any other error, it is left as it is",
  permissions: { read: true, write: false },
  fn() {
    assert.equal(refusedPath(REFUSAL, "/proc/prosa", "read", "write"), REFUSAL);
    const other = new Deno.errors.NotFound();
    assert.equal(refusedPath(other, "/proc/prosa", "read"), other);
  },
});
