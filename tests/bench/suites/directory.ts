import type { Target } from "../candidates.ts";
import type { Figure, Goal } from "../figures.ts";
import { measureThroughput } from "../throughput.ts";
import type { Workbench } from "../workbench.ts";
import {
  alternately,
  discovers,
  lists,
  lookups,
  registers,
  registrations,
  type Requests,
} from "./directory_requests.ts";
import { directoryServer } from "./directory_server.ts";
import type { Suite } from "./suite.ts";

const CHAT_GOAL: Goal = { kind: "ratio_at_least", ratio: 0.85 };
const RENDEZVOUS_GOAL: Goal = { kind: "ratio_at_least", ratio: 0.8 };
const PIPELINED = 20;
/** One-shot connections at a time. */
const ONESHOT = 64;

/** The meeting point: chat directory and rendezvous. */
export const DIRECTORY: Suite = {
  name: "directory",
  about: "Chat: every connection has registered with `USER` and asks for the `ADDR` of a random " +
    "active name, one request at a time, or for the `LIST` of all. Rendezvous: connect, one line " +
    "(`REGISTER` and `DISCOVER` in turns, four peers in a namespace), one reply, close.",
  async *measure(bench) {
    yield await chat(bench, "ADDR", 100, lookups(100), { goal: CHAT_GOAL });
    yield await chat(bench, "ADDR", 1000, lookups(1000), { goal: CHAT_GOAL });
    yield await chat(bench, `ADDR, ${PIPELINED} pipelined`, 100, lookups(100), {
      pipeline: PIPELINED,
    });
    yield await chat(bench, "LIST", 100, lists(100), {});
    yield await rendezvous(bench);
  },
};

function chat(
  bench: Workbench,
  what: string,
  connections: number,
  { requests, size }: Requests,
  { goal, pipeline = 1 }: { goal?: Goal; pipeline?: number },
): Promise<Figure> {
  const subject = directoryServer(bench, {
    kind: "persistent",
    port: "chat",
    sizes: [size],
    setup: registrations(connections),
    plainSetup: requests.slice(0, 1),
  });
  const name = `${what}, ${connections} connections`;
  const sizes = [size];
  return measureThroughput(
    bench,
    { name, kind: "persistent", connections, pipeline, requests, sizes, goal },
    subject,
  );
}

function rendezvous(bench: Workbench): Promise<Figure> {
  const [register, discover] = [registers(), discovers()];
  const sizes = [register.size, discover.size];
  const subject = directoryServer(bench, {
    kind: "oneshot",
    port: "registry",
    sizes,
    setup: [],
    plainSetup: [],
    prepare: (target) => askAll(target, register.requests),
  });
  return measureThroughput(bench, {
    name: "REGISTER and DISCOVER, one-shot",
    kind: "oneshot",
    connections: ONESHOT,
    pipeline: 1,
    requests: alternately(register, discover),
    sizes,
    goal: RENDEZVOUS_GOAL,
  }, subject);
}

/** Sends requests, each on a connection of its own, and waits for every answer. */
async function askAll({ port }: Target, requests: readonly Uint8Array[]): Promise<void> {
  for (const request of requests) {
    using conn = await Deno.connect({ hostname: "127.0.0.1", port });
    await conn.write(request);
    for await (const _ of conn.readable);
  }
}
