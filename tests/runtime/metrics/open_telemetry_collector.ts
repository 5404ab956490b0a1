/** Receives what Deno's exporter sends, as a collector of OpenTelemetry does. */
export class OpenTelemetryCollector implements AsyncDisposable {
  /** Everything that came, a message each; names and labels stand in the binary as they are. */
  readonly messages: string[] = [];
  readonly #server = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen: () => {} },
    async (request) => {
      this.messages.push(await request.text());
      return new Response();
    },
  );

  /** The environment of a program that sends its figures here. */
  get environment(): Record<string, string> {
    return {
      OTEL_DENO: "true",
      OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${this.#server.addr.port}`,
      OTEL_METRIC_EXPORT_INTERVAL: "50",
      OTEL_DENO_CONSOLE: "ignore",
    };
  }

  /** All of it. */
  get received(): string {
    return this.messages.join("\n");
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#server.shutdown();
  }
}
