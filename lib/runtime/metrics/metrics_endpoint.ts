import type { Family } from "./family.ts";
import type { Health } from "./health.ts";
import { PrometheusExporter } from "./prometheus_text.ts";

/** What an endpoint shows. */
export interface MetricsSource {
  readonly families: readonly Family[];
  health(): Health;
}

const METHODS = ["GET", "HEAD"];
/** Figures are of the moment, and nothing to be interpreted by a browser. */
const HEADERS = { "cache-control": "no-store", "x-content-type-options": "nosniff" };

/**
 * The figures of a server over HTTP: `/metrics` for Prometheus; `/health` for whoever restarts or
 * balances servers, 200 while all is well and else 503.
 */
export class MetricsEndpoint implements AsyncDisposable {
  readonly #stop = new AbortController();
  readonly #server: Deno.HttpServer<Deno.NetAddr>;
  readonly #prometheus: PrometheusExporter;

  /**
   * Listens at once.
   *
   * @param bug takes what is thrown while a request is answered
   * @throws {Deno.errors.AddrInUse} where the port is taken, and what else `Deno.serve` throws
   */
  constructor(
    address: { readonly hostname: string; readonly port: number },
    readonly source: MetricsSource,
    bug: (error: unknown) => void,
  ) {
    this.#prometheus = new PrometheusExporter(source.families);
    this.#server = Deno.serve({
      ...address,
      signal: this.#stop.signal,
      onListen: () => {},
      onError: (error) => {
        bug(error);
        return answer(500, "the figures cannot be shown\n");
      },
    }, (request) => this.#answer(request));
  }

  /** The port that it listens on. */
  get port(): number {
    return this.#server.addr.port;
  }

  /** Stops at once, also in the middle of an answer. Calling it twice is harmless. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#stop.abort();
    await this.#server.finished;
  }

  async #answer({ method, url }: Request): Promise<Response> {
    const { pathname } = new URL(url);
    if (pathname !== "/metrics" && pathname !== "/health") {
      return answer(404, "here are /metrics and /health\n");
    }
    if (!METHODS.includes(method)) {
      return answer(405, "only GET and HEAD\n", { allow: METHODS.join(", ") });
    }
    if (pathname === "/metrics") {
      const { contentType, text } = await this.#prometheus.text();
      return answer(200, text, { "content-type": contentType });
    }
    const health = this.source.health();
    return answer(health.status === "ok" ? 200 : 503, JSON.stringify(health) + "\n", {
      "content-type": "application/json",
    });
  }
}

function answer(status: number, body: string, headers: Record<string, string> = {}): Response {
  return new Response(body, { status, headers: { ...HEADERS, ...headers } });
}
