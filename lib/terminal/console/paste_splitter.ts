/** What a terminal sends, told apart: keys pressed and text pasted. */
export interface TypedOrPasted {
  readonly kind: "keys" | "pasted";
  readonly text: string;
}

const START = "\x1b[200~";
const END = "\x1b[201~";

/**
 * Finds what a terminal in bracketed paste mode marks as pasted, so that a pasted tab completes
 * nothing. Markers may be cut anywhere between two reads.
 */
export class PasteSplitter {
  #held = "";
  #inPaste = false;

  *push(chunk: string): Generator<TypedOrPasted, void, undefined> {
    let rest = this.#held + chunk;
    this.#held = "";
    while (rest !== "") {
      const marker = this.#inPaste ? END : START;
      const at = rest.indexOf(marker);
      const keep = at < 0 ? partialEnd(rest, marker) : 0;
      const text = at < 0 ? rest.slice(0, rest.length - keep) : rest.slice(0, at);
      if (text !== "") yield { kind: this.#inPaste ? "pasted" : "keys", text };
      if (at < 0) {
        this.#held = rest.slice(rest.length - keep);
        return;
      }
      this.#inPaste = !this.#inPaste;
      rest = rest.slice(at + marker.length);
    }
  }
}

/** Length of the longest start of `marker` that `text` ends with. */
function partialEnd(text: string, marker: string): number {
  for (let length = Math.min(marker.length - 1, text.length); length > 0; length--) {
    if (text.endsWith(marker.slice(0, length))) return length;
  }
  return 0;
}
