import assert from "node:assert/strict";
import fc from "fast-check";
import {
  numberedName,
  safeFileName,
} from "../../../../lib/runtime/music/downloads/safe_file_name.ts";
import { TemporaryFolder } from "../../temporary_folder.ts";

/** The name that a file gets. */
function safe(name: string): string {
  return numberedName(safeFileName(name), 1);
}

const anyName = fc.oneof(
  fc.string({ unit: "binary", maxLength: 300 }),
  fc.string({ unit: "grapheme", maxLength: 300 }),
  fc.array(
    fc.constantFrom(
      ...'./\\:*?"<>|~-_ \t\r\n\0\x7f\u0085\u202e\u200b\u2028\ufeff\ud800\udc00é🎵'.split(""),
      ...["e\u0301", "..", "CON", "nul", "COM1", "lpt9", ".mp3", ".part", ".state", "a", "(2)"],
    ),
    { maxLength: 40 },
  ).map((parts) => parts.join("")),
);

for (
  const [given, wanted] of [
    ["Águas de Março.mp3", "Águas de Março.mp3"],
    ["a\u0301.ogg", "á.ogg"],
    ["../../etc/passwd", "_.._etc_passwd"],
    ["..\\..\\boot.ini", "_.._boot.ini"],
    ["C:\\x.mp3", "C__x.mp3"],
    ["/", "_"],
    ["..", "music"],
    ["", "music"],
    [" . ", "music"],
    ["\0\x1b[2J.mp3", "[2J.mp3"],
    [".bashrc", "bashrc"],
    ["trailing. . .", "trailing"],
    [`${"9".repeat(115)}.partlytoolong`, `${"9".repeat(115)}_part`],
    ["con", "_con"],
    ["Aux.mp3", "_Aux.mp3"],
    ["nul.tar.gz", "_nul.tar.gz"],
    ["COM¹.wav", "_COM¹.wav"],
    ["console.mp3", "console.mp3"],
    ["a\u202egnp.mp3", "agnp.mp3"],
    ["a  \t b.mp3", "a b.mp3"],
    ["song.mp3.part", "song.mp3_part"],
    ["song.mp3.part.STATE", "song.mp3.part_STATE"],
    ["x".repeat(300) + ".flac", "x".repeat(120) + ".flac"],
    ["é".repeat(300) + ".flac", "é".repeat(60) + ".flac"],
    ["no.ending-at-all", "no.ending-at-all"],
    ["what?.mp3", "what_.mp3"],
  ]
) {
  Deno.test(`safe name: ${JSON.stringify(given!.slice(0, 30))}`, () => {
    assert.equal(safe(given!), wanted);
  });
}

Deno.test("safe name: whatever it is made of, one harmless part of a path", () => {
  fc.assert(
    fc.property(anyName, fc.integer({ min: 1, max: 999 }), (given, number) => {
      const name = numberedName(safeFileName(given), number);
      assert.doesNotMatch(name, /[/\\:*?"<>|\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u);
      assert.doesNotMatch(name, /^[.\s]|[.\s]$/u);
      assert.doesNotMatch(name, /\.(?:part|state)$/i);
      const device = /^(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$|clock\$)$/i;
      assert.doesNotMatch(name.split(".")[0]!.trim(), device);
      assert.equal(name, name.normalize("NFC"));
      assert.ok(name.isWellFormed() && name.length > 0);
      assert.ok(new TextEncoder().encode(name).length <= 120 + 9 + 6 + 1, name);
    }),
    { seed: 1, numRuns: 2000 },
  );
});

Deno.test("safe name: what is safe stays as it is", () => {
  fc.assert(
    fc.property(anyName, (given) => assert.equal(safe(safe(given)), safe(given))),
    { seed: 2, numRuns: 2000 },
  );
});

Deno.test("safe name: the ending of a song is kept, whatever is before it", () => {
  fc.assert(
    fc.property(anyName, fc.constantFrom("mp3", "OGG", "flac"), (given, ending) => {
      // Without anything before it, it is the name of a hidden file.
      assert.equal(safeFileName(`a${given}.${ending}`).ending, `.${ending}`);
    }),
    { seed: 3, numRuns: 500 },
  );
});

Deno.test("safe name: file systems take it, and find it again in its folder", async () => {
  await using folder = await TemporaryFolder.make();
  const names = fc.sample(anyName, { seed: 4, numRuns: 200 }).map(safe);
  for (const name of names) await folder.write(`${name}.part.state`, "");
  assert.deepEqual(await folder.names(), [...new Set(names)].map((n) => `${n}.part.state`).sort());
});
