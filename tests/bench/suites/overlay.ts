import type { Figure, Goal } from "../figures.ts";
import type { Load } from "../overlay/flight.ts";
import type { Workbench } from "../workbench.ts";
import { Chain, type ChainKind, type ChainSample } from "./overlay_chain.ts";
import { type ChainSeries, rateFigure, roundTripFigure } from "./overlay_rows.ts";
import type { Suite } from "./suite.ts";

const ROUND_TRIP_GOAL: Goal = { kind: "ratio_at_most", ratio: 2 };
const RATE_GOAL: Goal = { kind: "ratio_at_least", ratio: 0.5 };
/** Messages under way where messages a second are counted. */
const WINDOW = 64;
/** Time in which a second's messages within the quota can be told from its burst. */
const QUOTA_MEASURED = 2000;

const OVERLAY_FREE: ChainKind = {
  name: "overlay",
  program: "overlay_node.ts",
  args: ["free"],
};
const OVERLAY_DEFAULT: ChainKind = { ...OVERLAY_FREE, args: ["default"] };
const ECHO: ChainKind = { name: "line echo", program: "echo_hop.ts", args: ["each"] };
const JOINING_ECHO: ChainKind = { name: "joining echo", program: "echo_hop.ts", args: ["joined"] };

const CHAINS = [
  { links: 1, what: "one link" },
  { links: 2, what: "1 relay" },
  { links: 4, what: "3 relays" },
];

/** SEND and ACK through a chain of nodes. */
export const OVERLAY: Suite = {
  name: "overlay",
  about: "From SEND to ACK with 100 bytes of text, in a chain of processes of which each is " +
    "connected to the next only: origin, relays, destination. Each is an overlay node with the " +
    "product's own runtime; quota and pace (200 and 180 messages/s by default, which the last " +
    "row shows) are switched off, for they would be all that is measured. Beside it are chains " +
    "of as many bare Deno processes that read lines of 100 bytes and write them on, and of which " +
    "the last one answers: the line echo writes each line by itself, the joining echo all lines " +
    "of a read at once; neither looks at them. All processes share the machine's cores. The " +
    "ratio refers to the line echo. Round trips are measured with one message under way. The " +
    "second table has the processor time that a message takes in each process of the chain, the " +
    "origin first.",
  async *measure(bench) {
    for (const { links, what } of CHAINS) {
      const [one, many] = await measureChains(bench, links, what);
      yield roundTripFigure(what, 0.5, one, ROUND_TRIP_GOAL);
      yield roundTripFigure(what, 0.99, one);
      yield rateFigure(`${what}, ${WINDOW} under way`, many, RATE_GOAL);
    }
    yield await withinQuota(bench);
  },
};

/** Both loads in turns on every kind of chain, forwards and backwards, each kept running. */
async function measureChains(
  bench: Workbench,
  links: number,
  what: string,
): Promise<readonly [one: ChainSeries[], many: ChainSeries[]]> {
  await using chains = new AsyncDisposableStack();
  const runs: { kind: ChainKind; chain: Chain; one: ChainSample[]; many: ChainSample[] }[] = [];
  for (const kind of [bench.selfCheck ? ECHO : OVERLAY_FREE, ECHO, JOINING_ECHO]) {
    runs.push({ kind, chain: chains.use(await Chain.start(kind, links)), one: [], many: [] });
  }
  const { rounds, warmUp, measured } = bench.timing;
  for (let round = 0; round < rounds; round++) {
    bench.progress(`overlay, ${what}: round ${round + 1} of ${rounds}`);
    const turns = round % 2 === 0 ? runs : runs.toReversed();
    for (const { chain, one } of turns) {
      one.push(await chain.measure({ window: 1, warmUp, measured }));
    }
    for (const { chain, many } of turns) {
      many.push(await chain.measure({ window: WINDOW, warmUp, measured }));
    }
  }
  const series = (load: "one" | "many") =>
    runs.map((run) => ({ candidate: run.kind.name, samples: run[load] }));
  return [series("one"), series("many")];
}

/** What a peer with the limits of the protocol sends to one neighbour. */
async function withinQuota(bench: Workbench): Promise<Figure> {
  await using chain = await Chain.start(OVERLAY_DEFAULT, 1);
  const load: Load = { window: WINDOW, warmUp: bench.timing.warmUp, measured: QUOTA_MEASURED };
  const samples = [await chain.measure(load)];
  return rateFigure("one link, default quota", [{ candidate: OVERLAY_DEFAULT.name, samples }]);
}
