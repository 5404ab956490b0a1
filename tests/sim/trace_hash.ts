/**
 * A running hash (FNV-1a, 32 bits) of everything that happened: two runs of the same seed must come
 * to the same one.
 */
export class TraceHash {
  #hash = 0x811c9dc5;

  /** The hash so far, as eight hexadecimal digits. */
  get value(): string {
    return (this.#hash >>> 0).toString(16).padStart(8, "0");
  }

  /** Takes in a number with its fraction, such as a time. */
  number(value: number): void {
    const whole = Math.floor(value);
    this.#word(whole);
    this.#word(Math.floor((value - whole) * 0x1_0000_0000));
  }

  text(value: string): void {
    for (let index = 0; index < value.length; index += 1) this.#mix(value.charCodeAt(index));
  }

  bytes(value: Uint8Array): void {
    for (let index = 0; index < value.length; index += 1) this.#mix(value[index]!);
  }

  #word(value: number): void {
    this.#mix(value & 0xffff);
    this.#mix(value >>> 16);
  }

  #mix(value: number): void {
    this.#hash = Math.imul(this.#hash ^ value, 0x01000193);
  }
}
