import { strict as assert } from "node:assert";
import type { Log, LogFields } from "../../../lib/runtime/log_file.ts";
import {
  anybodyReads,
  EndpointError,
  openExporters,
} from "../../../lib/runtime/metrics/exporters.ts";
import { ServerMetrics } from "../../../lib/runtime/metrics/server_metrics.ts";
import { readFigures } from "./figures_text.ts";

const ENDPOINT = { host: "127.0.0.1", port: 0 };
const bug = (error: unknown) => assert.fail(String(error));

function memoryLog(): Log & { readonly records: LogFields[] } {
  const records: LogFields[] = [];
  return {
    records,
    add: (_, fields) => records.push(fields),
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
}

Deno.test("nothing has to be counted where nobody reads", () => {
  assert.equal(anybodyReads({ endpoint: null, log: null }), false);
  assert.equal(anybodyReads({ endpoint: ENDPOINT, log: null }), true);
  assert.equal(anybodyReads({ endpoint: null, log: memoryLog() }), true);
});

Deno.test("the log is told all that the endpoint shows", async () => {
  const log = memoryLog();
  let shown: ReadonlyMap<string, number>;
  {
    await using resources = new AsyncDisposableStack();
    const metrics = resources.use(new ServerMetrics());
    const port = await openExporters(metrics, { endpoint: ENDPOINT, log }, resources, bug);
    shown = readFigures(await (await fetch(`http://127.0.0.1:${port}/metrics`)).text());
  }
  const names = Object.keys(log.records.at(-1)!);
  assert.deepEqual(names, [...shown.keys()].map((name) => name.replaceAll('"', "")));
  assert.ok(names.length > 20);
});

Deno.test("an endpoint that cannot listen is an error with its address", async () => {
  const taken = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { port } = taken.addr;
  await using resources = new AsyncDisposableStack();
  resources.defer(() => taken.close());
  const metrics = resources.use(new ServerMetrics());
  const readers = { endpoint: { host: "127.0.0.1", port }, log: null };
  await assert.rejects(
    openExporters(metrics, readers, resources, bug),
    (error) => error instanceof EndpointError && error.port === port,
  );
});
