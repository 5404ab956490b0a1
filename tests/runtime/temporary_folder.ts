import { join } from "node:path";

/** A folder of a test, which goes with it. */
export class TemporaryFolder implements AsyncDisposable {
  private constructor(readonly path: string) {}

  static async make(): Promise<TemporaryFolder> {
    return new TemporaryFolder(await Deno.realPath(await Deno.makeTempDir()));
  }

  /** The path of something in it. */
  at(...parts: readonly string[]): string {
    return join(this.path, ...parts);
  }

  /** Writes a file, and the folders that it is in. */
  async write(name: string, content: string | Uint8Array): Promise<string> {
    const path = this.at(name);
    await Deno.mkdir(join(path, ".."), { recursive: true });
    const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
    await Deno.writeFile(path, bytes);
    return path;
  }

  /** Names of what is in it, or in a folder of it. */
  async names(folder = "."): Promise<string[]> {
    const entries = await Array.fromAsync(Deno.readDir(this.at(folder)));
    return entries.map(({ name }) => name).sort();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Deno.remove(this.path, { recursive: true });
  }
}
