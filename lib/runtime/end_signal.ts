/** What asks a program to end. Windows knows only the first. */
const SIGNALS: readonly Deno.Signal[] = Deno.build.os === "windows"
  ? ["SIGINT"]
  : ["SIGINT", "SIGTERM", "SIGHUP"];

/** Waits for somebody to end the program (Ctrl-C, SIGTERM, a terminal that closes). */
export class EndSignal implements Disposable {
  readonly #came = Promise.withResolvers<void>();
  readonly #listener = () => this.#came.resolve();

  constructor() {
    for (const signal of SIGNALS) Deno.addSignalListener(signal, this.#listener);
  }

  /** Resolves at the first signal. */
  get came(): Promise<void> {
    return this.#came.promise;
  }

  /** The next signal ends the process at once again. */
  [Symbol.dispose](): void {
    for (const signal of SIGNALS) Deno.removeSignalListener(signal, this.#listener);
  }
}
