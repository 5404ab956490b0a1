import { TemporaryFolder } from "../runtime/stores/temporary_folder.ts";

/** A disk of its own with little room, which can be filled, emptied and grow: a file system in memory. */
export class SmallDisk implements Disposable {
  readonly #folder = new TemporaryFolder();

  /**
   * Mounts it.
   *
   * @param size in KiB
   * @throws {Error} without the rights of an administrator of Linux
   */
  constructor(size: number) {
    try {
      mount(["mount", "-t", "tmpfs", "-o", `size=${size}k`, "tmpfs", this.path]);
    } catch (error) {
      this.#folder[Symbol.dispose]();
      throw error;
    }
  }

  /** Whether such disks can be made here. */
  static get possible(): boolean {
    try {
      new SmallDisk(64)[Symbol.dispose]();
      return true;
    } catch {
      return false;
    }
  }

  get path(): string {
    return this.#folder.path;
  }

  file(name: string): string {
    return this.#folder.file(name);
  }

  /** Names of what is on it, or in a folder of it. */
  names(folder = "."): string[] {
    return [...Deno.readDirSync(this.file(folder))].map(({ name }) => name).toSorted();
  }

  /** Takes all the room that is left. */
  fill(): void {
    using file = Deno.openSync(this.file("filling"), { append: true, create: true });
    // Ever smaller, to the last byte.
    for (let size = 64 * 1024; size >= 1;) {
      try {
        file.writeSync(new Uint8Array(size));
      } catch {
        size = Math.floor(size / 2);
      }
    }
  }

  /** Gives the room back. */
  makeRoom(): void {
    Deno.removeSync(this.file("filling"));
  }

  /** From now on it has so many KiB. */
  grow(size: number): void {
    mount(["mount", "-o", `remount,size=${size}k`, this.path]);
  }

  /** From now on it can only be read. */
  makeReadOnly(): void {
    mount(["mount", "-o", "remount,ro", this.path]);
  }

  [Symbol.dispose](): void {
    mount(["umount", "--lazy", this.path]);
    this.#folder[Symbol.dispose]();
  }
}

function mount([command = "", ...args]: readonly string[]): void {
  const { success, stderr } = new Deno.Command(command, { args }).outputSync();
  if (!success) {
    throw new Error(`${command} ${args.join(" ")}: ${new TextDecoder().decode(stderr)}`);
  }
}
