import { SECOND } from "../../../lib/base/units.ts";
import type { OverlayPeer, Sent } from "../overlay_peer.ts";
import { OverlayWorld } from "../overlay_world.ts";
import { Sample } from "../statistics.ts";
import { type StreamPath, USUAL_PATH } from "../stream_path.ts";
import { distances } from "../topology.ts";

/** How peers come and go. */
export interface ChurnPlan {
  readonly seed: number;
  readonly peers: number;
  /** Neighbours that each connects to by itself. */
  readonly outbound: number;
  /** Share of the peers that go and are replaced in a minute. */
  readonly perMinute: number;
  readonly minutes: number;
  /** Messages between two peers at random, in a second. */
  readonly messagesPerSecond: number;
  readonly path?: StreamPath;
  /** Whether to keep a hash of everything that happens. */
  readonly trace?: boolean;
}

/** What became of the messages. */
export interface ChurnResult {
  readonly sent: number;
  /** Between peers that both stayed and were connected by some path all the time. */
  readonly counted: number;
  readonly countedDelivered: number;
  /** Counted messages that were reported as not delivered, by why. */
  readonly faults: ReadonlyMap<string, number>;
  /** Acknowledged to the sender but never shown to a receiver that stayed. */
  readonly acknowledgedUnseen: number;
  readonly shownTwice: number;
  /** Without a fate although the sender stayed, or said goodbye in order. */
  readonly silent: number;
  readonly gone: number;
  readonly delay: Sample;
  readonly hops: Sample;
  readonly trace: string | undefined;
}

interface Flight {
  readonly from: OverlayPeer;
  readonly to: OverlayPeer;
  readonly text: string;
  readonly sent: Sent;
  connected: boolean;
}

/** Time for the network to form, and for the last messages to end. */
const SETTLE = 90 * SECOND;
const FINISH = 30 * SECOND;

/**
 * Peers that find each other through the meeting point, while some of them go, by turns with a
 * goodbye, killed, and silently, and new ones come in their place.
 */
export function churn(plan: ChurnPlan): ChurnResult {
  const world = new OverlayWorld({
    seed: plan.seed,
    path: plan.path ?? USUAL_PATH,
    trace: plan.trace ?? false,
  });
  const { timeline } = world.network;
  const everybody: OverlayPeer[] = [];
  const join = () => {
    everybody.push(world.add({ name: `p${everybody.length}`, outbound: plan.outbound }));
  };
  for (let count = 0; count < plan.peers; count += 1) {
    timeline.at(count * 50, { fire: join });
  }
  timeline.run(plan.peers * 50 + SETTLE);

  const flights: Flight[] = [];
  let gone = 0;
  const pick = () => {
    const peers = [...world.peers.values()];
    return peers[Math.floor(world.random() * peers.length)]!;
  };
  const leave = () => {
    const how = (["goodbye", "killed", "silent"] as const)[gone % 3]!;
    gone += 1;
    if (how === "goodbye") pick().quit();
    else pick().stop(how);
    join();
  };
  const talk = () => {
    const [from, to] = [pick(), pick()];
    if (from === to) return talk();
    const text = `message ${flights.length}`;
    const connected = distances(from, (peer) => world.neighboursOf(peer)).has(to);
    flights.push({ from, to, text, sent: from.send(to.id, text), connected });
  };
  const duration = plan.minutes * 60 * SECOND;
  const leaving = Math.round(plan.peers * plan.perMinute * plan.minutes);
  const begin = timeline.now;
  for (let count = 0; count < leaving; count += 1) {
    timeline.at(begin + world.random() * duration, { fire: leave });
  }
  for (let count = 0; count < plan.messagesPerSecond * plan.minutes * 60; count += 1) {
    timeline.at(begin + world.random() * duration, { fire: talk });
  }
  while (timeline.now < begin + duration + FINISH) {
    checkPaths(world, flights);
    timeline.run(SECOND);
  }
  checkPaths(world, flights);
  return { ...sumUp(flights, everybody), gone, trace: world.network.trace?.value };
}

/** Notes which messages under way are between peers that no path connects at this moment. */
function checkPaths(world: OverlayWorld, flights: readonly Flight[]): void {
  const components = new Map<OverlayPeer, number>();
  let component = 0;
  for (const peer of world.peers.values()) {
    if (components.has(peer)) continue;
    component += 1;
    for (const found of distances(peer, (next) => world.neighboursOf(next)).keys()) {
      components.set(found, component);
    }
  }
  for (const flight of flights) {
    const over = flight.sent.outcome !== null && flight.sent.endedAt < world.now - SECOND;
    if (over || !flight.connected) continue;
    const [one, two] = [components.get(flight.from), components.get(flight.to)];
    flight.connected = one !== undefined && one === two;
  }
}

function sumUp(
  flights: readonly Flight[],
  everybody: readonly OverlayPeer[],
): Omit<ChurnResult, "gone" | "trace"> {
  const [delay, hops] = [new Sample(), new Sample()];
  const faults = new Map<string, number>();
  let [counted, countedDelivered, acknowledgedUnseen, silent] = [0, 0, 0, 0];
  const shown = new Map(everybody.map((peer) => [peer, new Set(peer.texts)]));
  for (const { from, to, text, sent, connected } of flights) {
    const { outcome } = sent;
    if (outcome === null && from.host.running) silent += 1;
    if (outcome?.kind === "delivered") {
      delay.add(outcome.ms);
      hops.add(outcome.hops);
      if (!shown.get(to)!.has(text)) acknowledgedUnseen += 1;
    }
    if (!connected) continue;
    counted += 1;
    if (outcome?.kind === "delivered") countedDelivered += 1;
    else {
      const why = outcome?.kind === "not_delivered" ? outcome.fault : outcome?.kind ?? "silent";
      faults.set(why, (faults.get(why) ?? 0) + 1);
    }
  }
  const shownTwice = everybody.reduce(
    (sum, peer) => sum + peer.texts.length - shown.get(peer)!.size,
    0,
  );
  const sent = flights.length;
  return {
    sent,
    counted,
    countedDelivered,
    faults,
    acknowledgedUnseen,
    shownTwice,
    silent,
    delay,
    hops,
  };
}

/** The result in words. */
export function describeChurn(result: ChurnResult): string {
  const { sent, counted, countedDelivered, gone, delay, hops, shownTwice, silent } = result;
  const faults = [...result.faults].map(([why, count]) => `${why} ${count}`).join(", ");
  const share = (100 * countedDelivered / counted).toFixed(3);
  return [
    `${gone} peers went; ${sent} messages, ${counted} between peers that stayed connected`,
    `delivered ${countedDelivered} (${share} %)${faults === "" ? "" : `; not: ${faults}`}`,
    `shown twice ${shownTwice}, silent ${silent}`,
    `milliseconds: ${delay.describe(0)}`,
    `links: ${hops.describe(2)}`,
  ].join("\n  ");
}
