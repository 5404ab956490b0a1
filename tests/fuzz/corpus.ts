import { createHash } from "node:crypto";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";

/** Where the corpus of every target is. */
export const CORPUS = fileURLToPath(new URL("./corpus/", import.meta.url));
const PROJECT = fileURLToPath(new URL("../../", import.meta.url));
const ENDING = ".input";

/** A file of a corpus. */
export interface CorpusFile {
  /** From the project's folder. */
  readonly path: string;
  readonly input: Uint8Array;
}

/** The corpus of a target, by name. */
export function corpusOf(target: string, corpus = CORPUS): CorpusFile[] {
  const folder = join(corpus, target);
  let names: string[];
  try {
    names = [...Deno.readDirSync(folder)].map(({ name }) => name);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return [];
    throw error;
  }
  return names.filter((name) => name.endsWith(ENDING)).sort().map((name) => {
    const path = join(folder, name);
    return { path: relative(PROJECT, path), input: Deno.readFileSync(path) };
  });
}

/**
 * Adds an input to a target's corpus.
 *
 * @param word what it is: `failed` for one that something does not hold for
 * @returns its path from the project's folder
 */
export function addToCorpus(
  target: string,
  word: string,
  input: Uint8Array,
  corpus = CORPUS,
): string {
  const folder = join(corpus, target);
  Deno.mkdirSync(folder, { recursive: true });
  const digest = createHash("sha256").update(input).digest("hex").slice(0, 12);
  const path = join(folder, `${word}-${digest}${ENDING}`);
  Deno.writeFileSync(path, input);
  return relative(PROJECT, path);
}
