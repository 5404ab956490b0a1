import { KeptPort } from "../../processes/kept_port.ts";
import { eventually } from "./eventually.ts";

const decoder = new TextDecoder();

/** A Redis of a test's own on 127.0.0.1, without anything on disk. It is ended by its id. */
export class RedisProcess implements AsyncDisposable {
  #child: Deno.ChildProcess | null = null;

  private constructor(readonly kept: KeptPort) {}

  /** Starts one on a free port and resolves when it answers. */
  static async start(): Promise<RedisProcess> {
    const redis = new RedisProcess(await KeptPort.take());
    try {
      await redis.again();
      return redis;
    } catch (error) {
      await redis[Symbol.asyncDispose]();
      throw error;
    }
  }

  /** The same from its start to its end, also while it is killed. */
  get port(): number {
    return this.kept.port;
  }

  get url(): string {
    return `redis://127.0.0.1:${this.port}`;
  }

  /** Starts it on the same port, with nothing in it. */
  async again(): Promise<void> {
    const child = new Deno.Command("redis-server", {
      args: ["--port", String(this.port), "--bind", "127.0.0.1", "--save", ""]
        .concat(["--appendonly", "no", "--loglevel", "warning", "--dir", "/"]),
      stdin: "null",
      stdout: "null",
      stderr: "null",
    }).spawn();
    this.#child = child;
    let ended = false;
    child.status.then(() => ended = true);
    await eventually(async () => ended || await this.#answers(), "Redis answers");
    if (ended) throw new Error("redis-server ended");
  }

  /** Ends it at once, as a crash does. */
  async kill(): Promise<void> {
    const child = this.#child;
    this.#child = null;
    if (child === null) return;
    child.kill("SIGKILL");
    await child.status;
  }

  /** Stops it without closing anything, as a network that drops everything does. */
  freeze(): void {
    this.#child?.kill("SIGSTOP");
  }

  /** Lets it go on. */
  thaw(): void {
    this.#child?.kill("SIGCONT");
  }

  /** One command, the text of its reply as it came. */
  async command(...words: string[]): Promise<string> {
    using conn = await Deno.connect({ hostname: "127.0.0.1", port: this.port });
    const parts = words.map((word) => `$${new TextEncoder().encode(word).length}\r\n${word}\r\n`);
    await conn.write(new TextEncoder().encode(`*${words.length}\r\n${parts.join("")}`));
    const buffer = new Uint8Array(64 * 1024);
    const count = await conn.read(buffer);
    return decoder.decode(buffer.subarray(0, count ?? 0));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.kill();
    await this.kept[Symbol.asyncDispose]();
  }

  async #answers(): Promise<boolean> {
    try {
      return await this.command("PING") === "+PONG\r\n";
    } catch {
      return false;
    }
  }
}
