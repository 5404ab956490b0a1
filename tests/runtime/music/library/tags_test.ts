import assert from "node:assert/strict";
import { readTags } from "../../../../lib/runtime/music/library/tags.ts";
import { TemporaryFolder } from "../../temporary_folder.ts";
import { flacFile, mp3File, noise, SECONDS, wavFile } from "./tagged_files.ts";

const WORDS = { title: "Águas de Março 🎵", artist: "Elis" };
const NONE = { title: "", artist: "", seconds: null };

async function tagsOf(bytes: Uint8Array) {
  await using folder = await TemporaryFolder.make();
  using file = await Deno.open(await folder.write("song", bytes));
  return await readTags(file, bytes.length);
}

for (const [name, make] of [["wav", wavFile], ["mp3", mp3File], ["flac", flacFile]] as const) {
  Deno.test(`tags: title, artist and playing time of a ${name} file`, async () => {
    const { seconds, ...words } = await tagsOf(make(WORDS));
    assert.deepEqual(words, WORDS);
    assert.ok(Math.abs(seconds! - SECONDS) < 0.05, `${seconds} s`);
  });
}

Deno.test("tags: a file without words, a broken one and an empty one are files all the same", async () => {
  assert.equal((await tagsOf(mp3File({ title: "", artist: "" }))).title, "");
  assert.deepEqual(await tagsOf(noise(100_000)), NONE);
  assert.deepEqual(await tagsOf(new Uint8Array(0)), NONE);
  assert.deepEqual(await tagsOf(wavFile(WORDS).subarray(0, 40)), NONE);
});

Deno.test("tags: one that is declared to be as long as the disk is not read", async () => {
  const bytes = mp3File(WORDS);
  bytes.set([0x7f, 0x7f, 0x7f, 0x7f], 6);
  assert.deepEqual(await tagsOf(bytes), NONE);
  assert.deepEqual(await tagsOf(mp3File(WORDS, 40 * 1024 * 1024)), NONE);
});

Deno.test("tags: need nothing but --allow-read", async () => {
  await using folder = await TemporaryFolder.make();
  const song = await folder.write("song.flac", flacFile(WORDS));
  const module = new URL("../../../../lib/runtime/music/library/tags.ts", import.meta.url).href;
  const program = await folder.write(
    "program.ts",
    `import { readTags } from ${JSON.stringify(module)};
    using file = await Deno.open(${JSON.stringify(song)});
    console.log(JSON.stringify(await readTags(file, (await file.stat()).size)));
    const { state } = await Deno.permissions.query({ name: "env" });
    console.log(state);`,
  );
  const config = new URL("../../../../deno.json", import.meta.url).pathname;
  const { stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "--quiet", "--no-prompt", `--config=${config}`, "--allow-read", program],
  }).output();
  const [tags = "", state] = new TextDecoder().decode(stdout).split("\n");
  assert.deepEqual(
    tags === "" ? new TextDecoder().decode(stderr) : JSON.parse(tags),
    { ...WORDS, seconds: SECONDS },
  );
  assert.equal(state, "prompt");
});
