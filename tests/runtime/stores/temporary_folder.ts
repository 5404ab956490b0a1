import { join } from "node:path";
import { crc32 } from "node:zlib";

/** A folder that is removed with everything in it. */
export class TemporaryFolder implements Disposable {
  readonly path = Deno.makeTempDirSync();

  file(name: string): string {
    return join(this.path, name);
  }

  /** The bytes of every file, but for the index of the write-ahead log, which readers write. */
  contents(): Map<string, Uint8Array<ArrayBuffer>> {
    const names = [...Deno.readDirSync(this.path)].map(({ name }) => name).toSorted();
    return new Map(
      names.filter((name) => !name.endsWith("-shm"))
        .map((name) => [name, Deno.readFileSync(this.file(name))]),
    );
  }

  /** One short line for each file, to compare: its name, its size and a sum of its bytes. */
  get sums(): string[] {
    return [...this.contents()].map(([name, bytes]) => `${name} ${bytes.length} ${crc32(bytes)}`);
  }

  [Symbol.dispose](): void {
    Deno.removeSync(this.path, { recursive: true });
  }
}
