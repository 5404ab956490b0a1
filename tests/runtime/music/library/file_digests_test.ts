import assert from "node:assert/strict";
import { digestFile } from "../../../../lib/runtime/music/library/file_digests.ts";
import { PIECE_BYTES } from "../../../../lib/protocol/music/transfer_geometry.ts";
import { describe } from "../../../music/sim/sample_file.ts";
import { TemporaryFolder } from "../../temporary_folder.ts";
import { noise } from "./tagged_files.ts";

const never = new AbortController().signal;

for (const size of [0, 1, PIECE_BYTES - 1, PIECE_BYTES, PIECE_BYTES + 1, 3 * PIECE_BYTES]) {
  Deno.test(`digests: of ${size} bytes, the whole and its pieces`, async () => {
    await using folder = await TemporaryFolder.make();
    const bytes = noise(size);
    using file = await Deno.open(await folder.write("a", bytes));
    let read = 0;
    const found = await digestFile(file, size, never, (more) => read += more);
    const { shared, pieces } = describe(bytes);
    assert.deepEqual(found, { id: shared.id, pieces, digests: shared.digests });
    assert.equal(read, size);
  });
}

Deno.test("digests: none of a file that is longer or shorter than it was, or is not wanted", async () => {
  await using folder = await TemporaryFolder.make();
  using file = await Deno.open(await folder.write("a", noise(2 * PIECE_BYTES)));
  for (const size of [PIECE_BYTES, 2 * PIECE_BYTES - 1, 2 * PIECE_BYTES + 1, 0]) {
    assert.equal(await digestFile(file, size, never, () => {}), null, `${size}`);
  }
  assert.equal(await digestFile(file, 2 * PIECE_BYTES, AbortSignal.abort(), () => {}), null);
});
