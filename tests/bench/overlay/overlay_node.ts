/**
 * One process of a chain of overlay nodes, with nobody to find: each connects to the next one and
 * to no other. All of it is the product's, but that there is no rendezvous and, where `free` is
 * said, neither quota nor pace.
 *
 *     deno run --allow-net overlay_node.ts free|default INDEX LAST [PORT_OF_NEXT]
 */
import { LIMITS } from "../../../lib/base/limits.ts";
import type { OverlayEffect, OverlayInput } from "../../../lib/overlay/contract.ts";
import { OverlayNode } from "../../../lib/overlay/node.ts";
import type { OverlayReport } from "../../../lib/overlay/reports.ts";
import { LinkLoop } from "../../../lib/runtime/link_loop.ts";
import { Flight } from "./flight.ts";
import { takeLoads } from "./origin.ts";
import { PAYLOAD } from "./payload.ts";

type OwnEffect = Exclude<OverlayEffect, { readonly kind: "send" | "connect" | "close" | "abort" }>;

const NAMESPACE = "bench";
const HOST = "127.0.0.1";

const [rates, ...numbers] = Deno.args;
const [index = 0, last = 0, nextPort] = numbers.map(Number);
const unbounded = rates === "free" ? { quota: null, pace: null } : {};

const nextIsUp = Promise.withResolvers<void>();
const node = new OverlayNode({
  name: nameOf(index),
  namespace: NAMESPACE,
  port: null,
  outbound: nextPort === undefined ? 0 : 1,
  inbound: 1,
  random: Math.random,
  wallClock: Date.now,
  newId: () => crypto.randomUUID(),
  ...unbounded,
});
const loop = new LinkLoop<OverlayInput, OwnEffect>(node, {
  lineLimit: LIMITS.jsonLineBytes,
  lineEnd: "\n",
  readsWaitForWrites: false,
  reportsWritten: true,
  lingers: true,
  turn: { lines: 256, rest: 0 },
}, { perform, bug: stop });
const destination = `${nameOf(last)}@${NAMESPACE}`;
const flight = new Flight((count) => {
  for (let sent = 0; sent < count; sent++) {
    loop.submit({
      kind: "command",
      command: { kind: "send", tag: 0, to: destination, text: PAYLOAD },
    });
  }
});

if (nextPort !== undefined) {
  const next = { name: nameOf(index + 1), namespace: NAMESPACE, ip: HOST, port: nextPort };
  loop.submit({ kind: "discovered", peers: [next] });
  await nextIsUp.promise;
}
if (index === 0) {
  await takeLoads(flight);
} else {
  const listener = Deno.listen({ hostname: HOST, port: 0 });
  console.log(`${HOST}:${listener.addr.port}`);
  for await (const conn of listener) loop.accept(conn, HOST, () => {});
}

function nameOf(place: number): string {
  return `peer${place}`;
}

function perform(effect: OwnEffect): void {
  if (effect.kind === "report") reported(effect.report);
}

function reported(report: OverlayReport): void {
  switch (report.kind) {
    case "neighbour_up":
      if (report.outbound) nextIsUp.resolve();
      return;
    case "fate":
      if (report.outcome.kind === "delivered") flight.answered(1);
      else stop(new Error(JSON.stringify(report.outcome)));
      return;
    case "neighbour_down":
    case "connect_failed":
    case "remote_error":
      stop(new Error(JSON.stringify(report)));
  }
}

/** What is measured is a chain in which nothing fails. */
function stop(error: unknown): void {
  console.error(error);
  Deno.exit(1);
}
