import assert from "node:assert/strict";
import { join } from "node:path";
import { CHECKSUMS_FILE, writeChecksums } from "../../../lib/runtime/packaging/checksums.ts";

Deno.test("Checksums cover our files alone, sorted, in the form that sha256sum reads", async () => {
  const folder = await Deno.makeTempDir({ prefix: "checksums " });
  try {
    await Deno.writeTextFile(join(folder, "server"), "abc");
    await Deno.writeTextFile(join(folder, "peer"), "");
    await Deno.writeTextFile(join(folder, "notes"), "not ours");
    await Deno.mkdir(join(folder, "server-folder"));
    const names = await writeChecksums(folder, (name) => name !== "notes");
    assert.deepEqual(names, ["peer", "server"]);
    assert.equal(
      await Deno.readTextFile(join(folder, CHECKSUMS_FILE)),
      "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855  peer\n" +
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad  server\n",
    );
    // A second build does not list the list itself.
    assert.deepEqual(await writeChecksums(folder, (name) => name.includes("er")), names);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
