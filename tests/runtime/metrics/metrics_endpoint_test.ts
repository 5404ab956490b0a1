import { strict as assert } from "node:assert";
import type { Family } from "../../../lib/runtime/metrics/family.ts";
import type { Health } from "../../../lib/runtime/metrics/health.ts";
import { MetricsEndpoint } from "../../../lib/runtime/metrics/metrics_endpoint.ts";
import { until } from "../line_client.ts";

const ADDRESS = { hostname: "127.0.0.1", port: 0 };
const WELL: Health = {
  status: "ok",
  store: "ok",
  uptime_seconds: 3,
  connections: { chat: 1, registry: 2 },
};

class Endpoint implements AsyncDisposable {
  readonly bugs: unknown[] = [];
  looks = 0;
  fails = false;
  health = WELL;
  readonly #families: readonly Family[] = [
    {
      name: "things",
      help: "Things \\ now.\nAnd then",
      kind: "gauge",
      labels: ["of"],
      samples: () => {
        this.looks += 1;
        if (this.fails) throw new Error("cannot look");
        return Promise.resolve([{ labels: { of: 'a"b\\c\nd' }, value: 1.5 }]);
      },
    },
    {
      name: "asked_total",
      help: "Asked.",
      kind: "counter",
      labels: [],
      samples: () => [{ labels: {}, value: 7 }],
    },
  ];
  readonly served = new MetricsEndpoint(
    ADDRESS,
    { families: this.#families, health: () => this.health },
    (error) => this.bugs.push(error),
  );

  get(path: string, init?: RequestInit): Promise<Response> {
    return fetch(`http://127.0.0.1:${this.served.port}${path}`, init);
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.served[Symbol.asyncDispose]();
  }
}

Deno.test("/metrics is Prometheus' text format 0.0.4, escaped, of the moment", async () => {
  await using endpoint = new Endpoint();
  for (const _ of [1, 2]) {
    const response = await endpoint.get("/metrics");
    assert.equal(response.status, 200);
    assert.match(response.headers.get("content-type")!, /^text\/plain; version=0\.0\.4/);
    assert.equal(response.headers.get("cache-control"), "no-store");
    assert.deepEqual((await response.text()).trimEnd().split("\n"), [
      "# HELP things Things \\\\ now.\\nAnd then",
      "# TYPE things gauge",
      'things{of="a\\"b\\\\c\\nd"} 1.5',
      "",
      "# HELP asked_total Asked.",
      "# TYPE asked_total counter",
      "asked_total 7",
    ]);
  }
  assert.equal(endpoint.looks, 2);
});

Deno.test("/health is 200 while all is well, else 503", async () => {
  await using endpoint = new Endpoint();
  const well = await endpoint.get("/health");
  assert.equal(well.status, 200);
  assert.equal(well.headers.get("content-type"), "application/json");
  assert.deepEqual(await well.json(), WELL);
  endpoint.health = { ...WELL, status: "degraded", store: "failed" };
  const ill = await endpoint.get("/health");
  assert.equal(ill.status, 503);
  assert.deepEqual(await ill.json(), endpoint.health);
});

Deno.test("there are two pages, and they are only read", async () => {
  await using endpoint = new Endpoint();
  for (const path of ["/", "/metrics/", "/health2", "//x", "/..%2fmetrics"]) {
    const response = await endpoint.get(path);
    assert.equal(response.status, 404, path);
    await response.text();
  }
  for (const method of ["POST", "PUT", "DELETE"]) {
    const response = await endpoint.get("/metrics", { method });
    assert.equal(response.status, 405);
    assert.equal(response.headers.get("allow"), "GET, HEAD");
    await response.text();
  }
  const head = await endpoint.get("/metrics?x=1", { method: "HEAD" });
  assert.equal(head.status, 200);
  assert.equal(await head.text(), "");
});

Deno.test("a figure that cannot be had is a 500 that tells nothing, and a bug", async () => {
  await using endpoint = new Endpoint();
  endpoint.fails = true;
  const response = await endpoint.get("/metrics");
  assert.equal(response.status, 500);
  assert.doesNotMatch(await response.text(), /cannot look/);
  assert.match(String(endpoint.bugs), /cannot look/);
  endpoint.fails = false;
  assert.equal((await (await endpoint.get("/metrics")).text()).includes("things"), true);
});

Deno.test("many who ask at once are given one answer", async () => {
  await using endpoint = new Endpoint();
  const texts = await Promise.all(
    Array.from({ length: 20 }, async () => await (await endpoint.get("/metrics")).text()),
  );
  assert.equal(new Set(texts).size, 1);
  assert.ok(endpoint.looks <= 20);
});

Deno.test("it ends at once, though somebody sends half a request", async () => {
  const endpoint = new Endpoint();
  using half = await Deno.connect({ hostname: "127.0.0.1", port: endpoint.served.port });
  await half.write(new TextEncoder().encode("GET /metrics HTTP/1.1\r\nHo"));
  // Answered behind the half: it is there.
  await (await endpoint.get("/health")).text();
  let ended = false;
  const disposed = endpoint[Symbol.asyncDispose]().then(() => ended = true);
  await until(() => ended, "the endpoint ends");
  await disposed;
  await endpoint[Symbol.asyncDispose]();
});

Deno.test("a port that is taken is an error at once", async () => {
  await using endpoint = new Endpoint();
  assert.throws(
    () =>
      new MetricsEndpoint(
        { ...ADDRESS, port: endpoint.served.port },
        endpoint.served.source,
        () => {},
      ),
    Deno.errors.AddrInUse,
  );
});
