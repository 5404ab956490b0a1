import { KIB } from "../../base/units.ts";

/** Bytes of the buffer at the beginning; it grows with what waits. */
const FIRST_BYTES = 64 * KIB;

/**
 * The bytes of a file in order, as they arrived and were not read yet. It knows where in the file it
 * stands, so that what reads from it can speak of places in the file.
 */
export class ByteQueue {
  #buffer = new Uint8Array(FIRST_BYTES);
  #start = 0;
  #end = 0;
  #position = 0;
  /** Bytes still to come that nobody wants. */
  #unwanted = 0;
  #ended = false;

  /** Where in the file the first byte of {@link bytes} is. */
  get position(): number {
    return this.#position;
  }

  /** Bytes that wait. */
  get length(): number {
    return this.#end - this.#start;
  }

  /** Whether nothing follows what waits. */
  get ended(): boolean {
    return this.#ended;
  }

  /** What waits. It is only to be looked at, and only until more is pushed. */
  get bytes(): Uint8Array<ArrayBuffer> {
    return this.#buffer.subarray(this.#start, this.#end);
  }

  /** The next bytes of the file. They are copied. */
  push(bytes: Uint8Array): void {
    const unwanted = Math.min(this.#unwanted, bytes.length);
    this.#unwanted -= unwanted;
    this.#position += unwanted;
    const wanted = bytes.subarray(unwanted);
    this.#makeRoom(wanted.length);
    this.#buffer.set(wanted, this.#end);
    this.#end += wanted.length;
  }

  /** The file ends here. */
  end(): void {
    this.#ended = true;
  }

  /** Leaves out the next `count` bytes, those that have not arrived yet included. */
  drop(count: number): void {
    const here = Math.min(count, this.length);
    this.#start += here;
    this.#position += here;
    this.#unwanted += count - here;
  }

  /** What is pushed from now on stands at `position` in the file. */
  restart(position: number): void {
    this.#start = this.#end = 0;
    this.#position = position;
    this.#unwanted = 0;
    this.#ended = false;
  }

  #makeRoom(count: number): void {
    if (this.#end + count <= this.#buffer.length) return;
    const waiting = this.bytes;
    let size = this.#buffer.length;
    while (size < waiting.length + count) size *= 2;
    if (size === this.#buffer.length) this.#buffer.copyWithin(0, this.#start, this.#end);
    else {
      this.#buffer = new Uint8Array(size);
      this.#buffer.set(waiting);
    }
    this.#start = 0;
    this.#end = waiting.length;
  }
}
