import { KIB } from "../../base/units.ts";

/** Length in bytes of the script at the head of a self-extracting file; what is left is filled. */
export const STUB_LENGTH = 8 * KIB;

/** What the script at the head of a self-extracting file has to know. */
export interface StubValues {
  readonly program: string;
  readonly target: string;
  readonly version: string;
  /** The flags between `deno run` and the script. */
  readonly flags: readonly string[];
  /** Names of what is unpacked: both change when, and only when, the contents do. */
  readonly scriptHash: string;
  readonly denoHash: string;
  /** Length in bytes of the compressed program, which follows the stub; Deno follows it. */
  readonly scriptLength: number;
}

// Everything that is put into the shell script is held to these: none of them needs quoting.
const WORD = /^[A-Za-z0-9._-]+$/;
const FLAG = /^--[a-z0-9-]+(=[A-Za-z0-9.,:/_=-]+)?$/;

/**
 * The POSIX shell script at the head of a self-extracting file: `stub.sh` with `values` filled in,
 * exactly `STUB_LENGTH` bytes long.
 *
 * @throws {RangeError} a value is no plain word, or the script has outgrown its place
 */
export function stub(template: string, values: StubValues): Uint8Array<ArrayBuffer> {
  const { program, target, version, flags, scriptHash, denoHash, scriptLength } = values;
  const words = { program, target, version, scriptHash, denoHash };
  for (const [name, word] of Object.entries(words)) {
    if (!WORD.test(word)) throw new RangeError(`${name} is no plain word: ${word}`);
  }
  for (const flag of flags) {
    if (!FLAG.test(flag)) throw new RangeError(`not a plain flag: ${flag}`);
  }
  const places: Record<string, string> = {
    PROGRAM: program,
    TARGET: target,
    VERSION: version,
    FLAGS: flags.join(" "),
    SCRIPT_HASH: scriptHash,
    DENO_HASH: denoHash,
    // `tail -c +N` counts from 1.
    SCRIPT_START: String(STUB_LENGTH + 1),
    SCRIPT_LENGTH: String(scriptLength),
    DENO_START: String(STUB_LENGTH + scriptLength + 1),
  };
  const text = template.replace(/@([A-Z_]+)@/g, (_, place: string) => {
    const value = places[place];
    if (value === undefined) throw new RangeError(`nothing to fill @${place}@ with`);
    return value;
  });
  const bytes = new Uint8Array(STUB_LENGTH).fill("\n".charCodeAt(0));
  const { read } = new TextEncoder().encodeInto(text, bytes);
  if (read < text.length) throw new RangeError(`stub.sh is longer than ${STUB_LENGTH} bytes`);
  return bytes;
}

/** The text of `stub.sh`. */
export function stubTemplate(): Promise<string> {
  return Deno.readTextFile(new URL("stub.sh", import.meta.url));
}
