import assert from "node:assert/strict";
import { fileTrouble } from "../../lib/base/file_trouble.ts";
import { TemporaryFolder } from "../runtime/temporary_folder.ts";

Deno.test("file trouble: what the system really says", async () => {
  await using folder = await TemporaryFolder.make();
  const file = await folder.write("file", "");
  const trouble = async (act: Promise<unknown>) =>
    fileTrouble(await act.then(() => assert.fail("no error"), (error) => error));
  const write = { write: true, create: true };
  assert.equal(await trouble(Deno.open(folder.at("nothing"))), "not_found");
  assert.equal(await trouble(Deno.open(`${file}/inside`, write)), "no_folder");
  assert.equal(await trouble(Deno.open(folder.path, write)), "is_folder");
  assert.equal(await trouble(Deno.open(folder.at("x".repeat(300)), write)), "name_too_long");
  using full = await Deno.open("/dev/full", { write: true });
  assert.equal(await trouble(full.write(new Uint8Array(1))), "full_disk");
});

Deno.test("file trouble: codes without an error class, and what is none of the usual ones", () => {
  const coded = (code: string) => Object.assign(new Error("words"), { code });
  assert.equal(fileTrouble(coded("EROFS")), "read_only");
  assert.equal(fileTrouble(coded("EEXIST")), "no_folder");
  assert.equal(fileTrouble(coded("EDQUOT")), "full_disk");
  assert.equal(fileTrouble(coded("EFBIG")), "full_disk");
  assert.equal(fileTrouble(coded("EPERM")), "denied");
  assert.equal(fileTrouble(new Deno.errors.PermissionDenied()), "denied");
  assert.equal(fileTrouble(coded("EIO")), null);
  assert.equal(fileTrouble(new TypeError("a bug")), null);
  assert.equal(fileTrouble("no error"), null);
});
