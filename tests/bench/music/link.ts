import type { IpPort } from "../../../lib/base/address.ts";
import { portsIn, Program } from "../process.ts";

/** What is between the two sides, the same both ways. */
export interface LinkPlan {
  /** Bytes a second. */
  readonly rate: number;
  /** Milliseconds there and back. */
  readonly roundTrip: number;
  /** Bytes that wait at the bottleneck at the most. */
  readonly queue: number;
  /** Part of the packets that are lost by chance. */
  readonly loss: number;
}

/** One side of a link: how a program is started there, and its address. */
export interface Place {
  /** What comes before the program's own words. */
  readonly prefix: readonly string[];
  readonly host: string;
}

/** Two places with something between them. */
export interface Line extends AsyncDisposable {
  readonly near: Place;
  readonly far: Place;
  /** Where the near side reaches a UDP port of the far side. */
  reach(port: number): Promise<IpPort>;
}

const LOOPBACK: Place = { prefix: [], host: "127.0.0.1" };
/** The network of a link. It exists in its two namespaces only. */
const HOSTS = ["10.213.8.1", "10.213.8.2"] as const;
const DEVICE = "link0";
/** Packets that a device holds while the link's process does not run: as few as lose none. */
const DEVICE_QUEUE = "10000";
const SEED = "1";

/** Both sides on 127.0.0.1, with nothing between them. */
export function openLoopback(): Line {
  return {
    near: LOOPBACK,
    far: LOOPBACK,
    reach: (port) => Promise.resolve({ ip: LOOPBACK.host, port }),
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
}

/**
 * Two network namespaces whose only way to each other is a link: every packet, of UDP and of TCP,
 * goes through it. Needs the rights of an administrator, `ip` and TUN devices.
 *
 * @param program the compiled `link.c`
 * @returns null where such namespaces cannot be made
 */
export async function openNamespaces(program: string, plan: LinkPlan): Promise<Line | null> {
  await using resources = new AsyncDisposableStack();
  const prefix = `prosa-${Deno.pid}-${crypto.randomUUID().slice(0, 8)}`;
  const names = [`${prefix}-near`, `${prefix}-far`] as const;
  try {
    for (const name of names) {
      await ip("netns", "add", name);
      resources.defer(() => ip("netns", "del", name));
      await ip("-n", name, "link", "set", "lo", "up");
    }
    const paths = names.map((name) => `/run/netns/${name}`);
    const link = resources.use(new Program([program, ...numbersOf(plan), "tun", ...paths]));
    await link.nextLine();
    for (const [index, name] of names.entries()) {
      const [own, other] = index === 0 ? HOSTS : HOSTS.toReversed();
      await ip("-n", name, "addr", "add", own!, "peer", other!, "dev", DEVICE);
      await ip("-n", name, "link", "set", DEVICE, "txqueuelen", DEVICE_QUEUE, "up");
    }
  } catch {
    return null;
  }
  const kept = resources.move();
  const place = (index: 0 | 1): Place => {
    return { prefix: ["ip", "netns", "exec", names[index]], host: HOSTS[index] };
  };
  return {
    near: place(0),
    far: place(1),
    reach: (port) => Promise.resolve({ ip: HOSTS[1], port }),
    [Symbol.asyncDispose]: () => kept.disposeAsync(),
  };
}

/**
 * Both sides on 127.0.0.1, and a link in front of every UDP port that the near side asks for. TCP
 * does not go through it.
 *
 * @param program the compiled `link.c`
 */
export function openProxies(program: string, plan: LinkPlan): Line {
  const links = new AsyncDisposableStack();
  return {
    near: LOOPBACK,
    far: LOOPBACK,
    async reach(port) {
      const link = links.use(new Program([program, ...numbersOf(plan), "udp", String(port)]));
      return { ip: LOOPBACK.host, port: portsIn(await link.nextLine())[0]! };
    },
    [Symbol.asyncDispose]: () => links.disposeAsync(),
  };
}

function numbersOf({ rate, roundTrip, queue, loss }: LinkPlan): string[] {
  return [rate, Math.round(roundTrip / 2 * 1000), queue, loss, SEED].map(String);
}

async function ip(...args: string[]): Promise<void> {
  const { success, stderr } = await new Deno.Command("ip", { args }).output();
  if (!success) throw new Error(`ip ${args.join(" ")}: ${new TextDecoder().decode(stderr)}`);
}
