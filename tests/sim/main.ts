/**
 * The simulated network at a size of one's choice: connects peers at random, lets them talk and live
 * for a while, and prints figures. `deno task sim --help` tells its options.
 *
 * @module
 */
import { SECOND } from "../../lib/base/units.ts";
import { runTask } from "../command_line/run_task.ts";
import { SIM_TASK } from "./options.ts";
import { BroadcastWorld, describeBroadcast } from "./scenarios/broadcast.ts";
import { churn, describeChurn } from "./scenarios/churn.ts";
import { Sample } from "./statistics.ts";

const NEIGHBOURS = 8;
const UNICASTS = 20;
/** Each message of the churn is a search through all of its peers: more take minutes. */
const MOST_CHURNING = 300;

Deno.exit(
  await runTask(SIM_TASK, Deno.args, ({ values }) => {
    simulate(values);
    return 0;
  }),
);

function simulate(
  { peers, seed, minutes }: Readonly<Record<"peers" | "seed" | "minutes", number>>,
): void {
  const started = performance.now();
  const seconds = () => `${((performance.now() - started) / 1000).toFixed(1)} s`;
  const network = new BroadcastWorld(peers, NEIGHBOURS, seed);
  const { world } = network;
  const whole = network.connect(60 * SECOND);
  console.log(`${peers} peers, seed ${seed}: ${whole ? "all" : "not all"} links up (${seconds()})`);

  const result = network.broadcast(network.peers[0]!, "hello, everyone");
  console.log(`Broadcast (${seconds()})\n  ${describeBroadcast(result)}`);

  const [delay, hops] = [new Sample(), new Sample()];
  for (let count = 0; count < UNICASTS; count += 1) {
    const [from, to] = [pick(), pick()];
    const outcome = from.sendAndWait(to.id, `message ${count}`);
    if (outcome.kind !== "delivered") continue;
    delay.add(outcome.ms);
    hops.add(outcome.hops);
  }
  console.log(
    `Unicast (${seconds()})\n  delivered ${delay.count} of ${UNICASTS}, each with its search\n` +
      `  milliseconds: ${delay.describe(0)}\n  links: ${hops.describe(2)}`,
  );

  const before = world.network.timeline.fired;
  world.network.timeline.run(minutes * 60 * SECOND);
  const lost = network.peers.reduce(
    (sum, peer) => sum + peer.reports.filter(({ kind }) => kind === "neighbour_down").length,
    0,
  );
  console.log(
    `Keepalives for ${minutes} min (${seconds()})\n` +
      `  ${world.network.timeline.fired - before} events, ${lost} links lost`,
  );

  const churning = Math.min(peers, MOST_CHURNING);
  const result2 = churn({
    seed,
    peers: churning,
    outbound: NEIGHBOURS / 2,
    perMinute: 0.2,
    minutes,
    messagesPerSecond: 10,
  });
  console.log(`Churn of ${churning} peers (${seconds()})\n  ${describeChurn(result2)}`);
  const megabytes = Math.round(Deno.memoryUsage().rss / 1e6);
  console.log(`${seconds()} in all, ${megabytes} MB`);

  function pick() {
    return network.peers[Math.floor(world.random() * network.peers.length)]!;
  }
}
