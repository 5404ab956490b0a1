import type { CatalogueFile } from "../protocol/music.ts";

/**
 * A text as it is searched: small letters without accents, so that `Águas` is found by `aguas`. At
 * most three times as long as it was (a syllable of Hangul comes apart into three).
 */
export function folded(text: string): string {
  return /^[\0-\x7f]*$/.test(text)
    ? text.toLowerCase()
    : text.normalize("NFD").toLowerCase().replace(/\p{M}/gu, "");
}

/** The words of a search, the longest first: it is the rarest one as a rule. */
export function wordsOf(query: string): readonly string[] {
  const words = new Set(folded(query).split(/\s+/u).filter((word) => word !== ""));
  return [...words].sort((a, b) => b.length - a.length);
}

/**
 * The texts of a list of files as one, because one search through a long string is ten times
 * faster than many through short ones.
 */
export class Haystack {
  readonly #text: string;
  /** Where each file's text begins, and at last where the text ends. */
  readonly #starts: Uint32Array;

  constructor(files: readonly CatalogueFile[]) {
    const starts = new Uint32Array(files.length + 1);
    const texts: string[] = [];
    let length = 0;
    for (const { title, artist, name } of files) {
      // Words hold no line break: none reaches over the end of a field.
      const text = folded(`${title}\n${artist}\n${name}\n`);
      texts.push(text);
      length += text.length;
      starts[texts.length] = length;
    }
    this.#text = texts.join("");
    this.#starts = starts;
  }

  /** Units of text. */
  get length(): number {
    return this.#text.length;
  }

  /**
   * The number of the first file from `from` on that has all of one or more words, or -1.
   *
   * Each word is looked for from the file on that the word before was found in, until all agree on
   * one: the rarest word decides how many files are looked at, whichever it is.
   */
  next(words: readonly string[], from: number): number {
    if (from >= this.#starts.length - 1) return -1;
    let file = from;
    let agreed = 0;
    for (let turn = 0; agreed < words.length; turn += 1) {
      const at = this.#text.indexOf(words[turn % words.length]!, this.#starts[file]);
      if (at < 0) return -1;
      if (at < this.#starts[file + 1]!) {
        agreed += 1;
      } else {
        file = this.#fileAt(at);
        agreed = 1;
      }
    }
    return file;
  }

  #fileAt(at: number): number {
    let [low, high] = [0, this.#starts.length - 1];
    while (high - low > 1) {
      const middle = (low + high) >>> 1;
      if (this.#starts[middle]! <= at) low = middle;
      else high = middle;
    }
    return low;
  }
}
