import { LIMITS } from "../../base/limits.ts";

/** Lines entered before, without repeats, and a place in them while the person looks back. */
export class History {
  #lines: string[] = [];
  /** Index of the line that is shown; past the last one for what is being typed. */
  #at = 0;
  #draft = "";

  constructor(readonly limit: number = LIMITS.promptHistory) {}

  /** Keeps a line as the newest; an older one of the same text gives way. */
  add(line: string): void {
    if (line.trim() !== "") {
      const same = this.#lines.indexOf(line);
      if (same >= 0) this.#lines.splice(same, 1);
      this.#lines.push(line);
      if (this.#lines.length > this.limit) this.#lines.shift();
    }
    this.#at = this.#lines.length;
    this.#draft = "";
  }

  /** The line before the one shown, or null at the oldest. `typed` is what stands there now. */
  older(typed: string): string | null {
    if (this.#at === 0) return null;
    if (this.#at === this.#lines.length) this.#draft = typed;
    this.#at -= 1;
    return this.#lines[this.#at]!;
  }

  /** The line after the one shown, at last what was being typed, or null where that is shown. */
  newer(): string | null {
    if (this.#at === this.#lines.length) return null;
    this.#at += 1;
    return this.#lines[this.#at] ?? this.#draft;
  }
}
