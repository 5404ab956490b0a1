import assert from "node:assert/strict";
import { storageFault } from "../../../../lib/runtime/music/library/storage_fault.ts";
import { TemporaryFolder } from "../../temporary_folder.ts";

function systemError(code: string): Error {
  return Object.assign(new Error("the system's words"), { code });
}

for (
  const [error, why] of [
    [new Deno.errors.NotFound(), "not_found"],
    [new Deno.errors.NotADirectory(), "no_folder"],
    [new Deno.errors.PermissionDenied(), "denied"],
    [systemError("EROFS"), "read_only"],
    [systemError("ENOSPC"), "full_disk"],
    [systemError("EDQUOT"), "full_disk"],
    [systemError("EIO"), "failed"],
    [new Deno.errors.Busy("busy"), "failed"],
  ] as const
) {
  Deno.test(`storage fault: ${error.name} ${"code" in error ? error.code : ""} is ${why}`, () => {
    const fault = storageFault(error, "/x", "read");
    assert.equal(fault.why, why);
    assert.equal(fault.path, "/x");
    if (fault.why === "failed") assert.equal(fault.detail, error.message);
  });
}

Deno.test({
  name: "storage fault: a missing permission names its flag",
  permissions: { write: false },
  fn() {
    assert.deepEqual(storageFault(new Deno.errors.NotCapable(), "/x", "write"), {
      ...{ why: "permission", path: "/x", flag: "--allow-write" },
    });
  },
});

Deno.test("storage fault: what the system really says", async () => {
  await using folder = await TemporaryFolder.make();
  const file = await folder.write("file", "");
  const fault = async (act: Promise<unknown>) => {
    const error = await act.then(() => null, (error) => error);
    return storageFault(error, file, "read").why;
  };
  assert.equal(await fault(Deno.open(folder.at("nothing"))), "not_found");
  assert.equal(await fault(Deno.open(`${file}/inside`)), "no_folder");
  assert.equal(await fault(Deno.realPath("a\0b")), "failed");
  assert.equal(await fault(Deno.realPath("x".repeat(300))), "name_too_long");
});

Deno.test("storage fault: a bug of ours stays one", () => {
  const bug = new TypeError("not a function");
  assert.throws(() => storageFault(bug, "/x", "read"), bug);
});
