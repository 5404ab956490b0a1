import { graphemes } from "../text/width.ts";

/**
 * The text being typed and the place in it, in what a person sees as characters: an accent or an
 * emoji of several code points is passed and deleted as one.
 */
export class EditBuffer {
  #parts: string[] = [];
  #cursor = 0;
  #length = 0;

  /** @param limit most UTF-16 units that it holds */
  constructor(readonly limit: number, initial = "") {
    this.set(initial);
  }

  get text(): string {
    return this.#parts.join("");
  }

  get isEmpty(): boolean {
    return this.#parts.length === 0;
  }

  get before(): readonly string[] {
    return this.#parts.slice(0, this.#cursor);
  }

  get after(): readonly string[] {
    return this.#parts.slice(this.#cursor);
  }

  /** Replaces everything and goes to the end. */
  set(text: string): void {
    this.#replace(0, this.#parts.length, "");
    this.insert(text);
  }

  /** Inserts at the cursor; false where not all of it had room. */
  insert(text: string): boolean {
    const room = this.limit - this.#length;
    const fits = text.length <= room ? text : text.slice(0, room).replace(/[\ud800-\udbff]$/, "");
    // What is inserted may join its neighbours: an accent after its letter, say.
    const start = Math.max(0, this.#cursor - 1);
    const end = Math.min(this.#parts.length, this.#cursor + 1);
    const before = this.#parts.slice(start, this.#cursor).join("") + fits;
    this.#replace(start, end, before + this.#parts.slice(this.#cursor, end).join(""));
    this.#cursor = start;
    for (let units = 0; units < before.length; this.#cursor++) {
      units += this.#parts[this.#cursor]!.length;
    }
    return fits === text;
  }

  /** Moves by characters, as far as there are any. */
  move(characters: number): void {
    this.#cursor = Math.max(0, Math.min(this.#parts.length, this.#cursor + characters));
  }

  moveWord(direction: -1 | 1): void {
    this.#cursor = this.#wordEdge(direction);
  }

  toStart(): void {
    this.#cursor = 0;
  }

  toEnd(): void {
    this.#cursor = this.#parts.length;
  }

  /** Deletes the character before the cursor (-1) or at it (1). */
  delete(direction: -1 | 1): void {
    this.#deleteTo(Math.max(0, Math.min(this.#parts.length, this.#cursor + direction)));
  }

  deleteWord(direction: -1 | 1): void {
    this.#deleteTo(this.#wordEdge(direction));
  }

  deleteToStart(): void {
    this.#deleteTo(0);
  }

  deleteToEnd(): void {
    this.#deleteTo(this.#parts.length);
  }

  #deleteTo(other: number): void {
    const [start, end] = [Math.min(other, this.#cursor), Math.max(other, this.#cursor)];
    this.#replace(start, end, "");
    this.#cursor = start;
  }

  #replace(start: number, end: number, text: string): void {
    const removed = this.#parts.slice(start, end);
    for (const part of removed) this.#length -= part.length;
    this.#length += text.length;
    this.#parts = [...this.#parts.slice(0, start), ...graphemes(text), ...this.#parts.slice(end)];
    this.#cursor = Math.min(this.#cursor, this.#parts.length);
  }

  /** Where the word ends in that direction: first blanks are passed, then all else. */
  #wordEdge(direction: -1 | 1): number {
    const next = () => this.#parts[direction < 0 ? at - 1 : at];
    let at = this.#cursor;
    while (next() !== undefined && next()!.trim() === "") at += direction;
    while (next() !== undefined && next()!.trim() !== "") at += direction;
    return at;
  }
}
