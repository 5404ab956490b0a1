import { join } from "node:path";
import { MINUTE } from "../../lib/base/units.ts";
import { TextLineStream } from "../bench/text_lines.ts";
import type { Order, Told, WorkerPlan } from "./orders.ts";

const encoder = new TextEncoder();
/** How long anything may take that a worker is told to do, in milliseconds. */
const PATIENCE = 3 * MINUTE;

/** A process of the soak with some of its people. */
export class WorkerProcess implements AsyncDisposable {
  readonly #child: Deno.ChildProcess;
  readonly #orders: WritableStreamDefaultWriter<Uint8Array>;
  readonly #reading: Promise<void>;
  readonly #waiting = new Map<Told["kind"], PromiseWithResolvers<Told>>();

  /** @param told hears everything that the worker says */
  constructor(readonly name: string, plan: WorkerPlan, readonly told: (told: Told) => void) {
    this.#child = new Deno.Command(Deno.execPath(), {
      args: [
        ...["run", "--allow-all", "--no-check", "--v8-flags=--expose-gc"],
        join(import.meta.dirname!, "worker_program.ts"),
        JSON.stringify(plan),
      ],
      stdin: "piped",
      stdout: "piped",
      stderr: "inherit",
    }).spawn();
    this.#orders = this.#child.stdin.getWriter();
    this.#reading = this.#read();
  }

  get pid(): number {
    return this.#child.pid;
  }

  /**
   * The next thing of a kind that the worker says, after it was given an order.
   *
   * @throws {Error} where the worker ends instead, or does not answer
   */
  async answer<Kind extends Told["kind"]>(
    kind: Kind,
    order?: Order,
  ): Promise<Told & { readonly kind: Kind }> {
    const waiting = Promise.withResolvers<Told>();
    this.#waiting.set(kind, waiting);
    if (order !== undefined) {
      await this.#orders.write(encoder.encode(`${JSON.stringify(order)}\n`));
    }
    const late = setTimeout(
      () => waiting.reject(new Error(`${this.name}: no ${kind} in ${PATIENCE / MINUTE} minutes`)),
      PATIENCE,
    );
    try {
      return await waiting.promise as Told & { readonly kind: Kind };
    } finally {
      clearTimeout(late);
    }
  }

  /** Ends it by its id. */
  async [Symbol.asyncDispose](): Promise<void> {
    try {
      this.#child.kill("SIGKILL");
    } catch {
      // It has ended by itself.
    }
    await this.#child.status;
    await this.#reading;
    await this.#orders.close().catch(() => {});
  }

  async #read(): Promise<void> {
    const lines = this.#child.stdout
      .pipeThrough(new TextDecoderStream())
      .pipeThrough(new TextLineStream());
    for await (const line of lines) {
      const told = JSON.parse(line) as Told;
      this.told(told);
      this.#waiting.get(told.kind)?.resolve(told);
      this.#waiting.delete(told.kind);
    }
    for (const { reject } of this.#waiting.values()) reject(new Error(`${this.name} has ended`));
  }
}
