import { gzipSync } from "node:zlib";
import { sha256 } from "./digest.ts";
import { type Program, runFlags } from "./permissions.ts";
import { stub, stubTemplate } from "./stub.ts";
import { DENO_VERSION, type Target } from "./targets.ts";

/** How hard to compress: 1 (fast) to 9 (small). */
export type CompressionLevel = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9;

/** A Deno executable made ready for any number of files for its target. */
export interface PackedDeno {
  readonly hash: string;
  readonly compressed: Uint8Array;
}

// Enough to tell any two versions of a program apart; whoever can choose what is in the file needs
// no collision to have it run.
const HASH_DIGITS = 16;

/** Compresses a Deno executable: seconds of work, worth doing once per target. */
export async function packDeno(
  deno: Uint8Array<ArrayBuffer>,
  level: CompressionLevel,
): Promise<PackedDeno> {
  const hash = (await sha256(deno)).slice(0, HASH_DIGITS);
  return { hash, compressed: gzipSync(deno, { level }) };
}

/**
 * The self-extracting file of `program` for Linux or macOS: the stub, the compressed script, the
 * compressed Deno. Nothing in it depends on when or where it is made: gzip's header is written
 * without a name or a time.
 */
export async function selfExtractingFile(
  program: Program,
  target: Target,
  script: Uint8Array<ArrayBuffer>,
  deno: PackedDeno,
): Promise<Uint8Array[]> {
  const compressed = gzipSync(script, { level: 9 });
  const head = stub(await stubTemplate(), {
    program: program.name,
    target: target.triple,
    version: DENO_VERSION,
    flags: runFlags(program),
    scriptHash: (await sha256(script)).slice(0, HASH_DIGITS),
    denoHash: deno.hash,
    scriptLength: compressed.length,
  });
  return [head, compressed, deno.compressed];
}
