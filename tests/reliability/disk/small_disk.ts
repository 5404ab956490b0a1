/** A disk of its own with little room, mounted in a folder; gone with what is on it at the end. */
export class SmallDisk implements AsyncDisposable {
  private constructor(readonly path: string) {}

  /** A disk of so many KiB, or null where none can be mounted: it takes an administrator of Linux. */
  static async mount(kibibytes: number): Promise<SmallDisk | null> {
    const path = await Deno.makeTempDir();
    const options = ["-t", "tmpfs", "-o", `size=${kibibytes}k`, "tmpfs", path];
    if (await run("mount", options)) return new SmallDisk(path);
    await Deno.remove(path);
    return null;
  }

  /** Names of what is on it. */
  async names(folder = "."): Promise<string[]> {
    const entries = await Array.fromAsync(Deno.readDir(`${this.path}/${folder}`));
    return entries.map(({ name }) => name).sort();
  }

  /** Gives it as much more room as it takes. */
  async grow(kibibytes: number): Promise<void> {
    await run("mount", ["-o", `remount,size=${kibibytes}k`, this.path]);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await run("umount", ["--lazy", this.path]);
    await Deno.remove(this.path);
  }
}

async function run(program: string, args: readonly string[]): Promise<boolean> {
  try {
    return (await new Deno.Command(program, { args: [...args] }).output()).success;
  } catch {
    return false;
  }
}
