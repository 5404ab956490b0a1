import { join } from "node:path";
import { speechLike } from "../../media/speech_like.ts";
import type { Both } from "../../processes/call_rig/call_pair.ts";
import { spoken } from "../../processes/call_rig/speech.ts";
import type { Figure, Goal, Unit } from "../figures.ts";
import type { Suite } from "../suites/suite.ts";
import { compile, type Workbench } from "../workbench.ts";
import { measureCallBeside } from "./call_beside.ts";
import {
  beatsBbr,
  sentAgain,
  throughput,
  transferCosts,
  type TransferRuns,
} from "./transfer_figures.ts";
import { type Line, type LinkPlan, openLoopback, openNamespaces, openProxies } from "./link.ts";
import { countGaps, measureFirstSounds } from "./playing.ts";
import { measureMusic, measureTcp } from "./transfer.ts";

const SUBJECT = "music";

/** The link of the transfers: 25 MB/s, 50 ms, and a queue of as much as is under way. */
const FAST: LinkPlan = { rate: 25e6, roundTrip: 50, queue: 1_250_000, loss: 0 };
/** A home's link: 2 MB/s, 20 ms, and a queue of 100 ms. */
const HOME: LinkPlan = { rate: 2e6, roundTrip: 20, queue: 200_000, loss: 0 };
/** One megabit a second, three times what a song of 320 kbit/s needs, with a queue of 250 ms. */
const SLOW: LinkPlan = { rate: 125_000, roundTrip: 50, queue: 31_250, loss: 0.05 };

/** The goals of issue 5: part of the bottleneck by loss, share sent again, milliseconds. */
const LOSSES = [
  { loss: 0, least: 0.9 },
  { loss: 0.01, least: 0.9 },
  { loss: 0.05, least: 0.8 },
];
const FIRST_SOUND_GOAL: Goal = { kind: "at_most", value: 265 };
const GAPS_GOAL: Goal = { kind: "at_most", value: 0 };
const ADDED_GOAL: Goal = { kind: "at_most", value: 20 };

/** Shared music between processes. */
export const MUSIC: Suite = {
  name: "music",
  about:
    "Files of 300 MB from one node to another one, each in a process of its own, with the product's own " +
    "runtime, beside TCP from a C program (cubic and, where the system has it, bbr), in turns. " +
    "What is between them is a process in C between two network namespaces, which every packet " +
    "of UDP and TCP goes through: a bottleneck of 25 MB/s (with IP and UDP headers), a round trip " +
    "of 50 ms, a queue of 1.25 MB, and packets lost by chance, each by itself, both ways, behind " +
    "the bottleneck. Goodput is bytes of the file by the time from the listener's first packet " +
    "to the last verified piece; TCP is stopped after a while and counts what came. Sent again " +
    "is the share of packets (of TCP's bytes). Processor time is that of the process by the " +
    "megabyte, its start included for the listener; what the kernel does for TCP while nobody " +
    "runs is not in it. First sound: from `/play` to the first loud sample in the WAV file that " +
    "is the loudspeaker, real peer, songs of 320 kbit/s, through 2 MB/s with 20 ms and a queue of " +
    "100 ms. Gaps: how often a song stops for want of bytes while it comes through 1 Mbit/s with " +
    "50 ms, a queue of 250 ms and 5 % loss. Mouth to ear: a call through the link of 2 MB/s, " +
    "alone, and while the caller fetches a file from the callee; the last figure is the " +
    "difference of the medians. All processes share the machine's cores.",
  async *measure(bench) {
    const tools = await Tools.open(bench);
    const loopback = await tools.transfers(openLoopback(), true, "loopback");
    yield throughput("goodput, loopback", loopback);
    yield* transferCosts("loopback", loopback);
    if (tools.link === null) {
      bench.progress("music: there is no C compiler, only loopback was measured");
      return;
    }
    for (const { loss, least } of LOSSES) {
      const name = `${loss * 100} % loss`;
      await using line = await tools.line({ ...FAST, loss });
      const runs = await tools.transfers(line, tools.namespaces, name);
      const goal: Goal = { kind: "at_least", value: least * FAST.rate / 1e6 };
      yield throughput(`goodput, ${name}`, runs, goal);
      yield* beatsBbr(`goodput by bbr's, ${name}`, runs);
      yield sentAgain(`sent again, ${name}`, runs);
      yield* transferCosts(name, runs);
    }
    yield* playing(tools);
    if (tools.namespaces) yield* calls(tools);
    else bench.progress("music: no call was measured, as it needs namespaces too");
  },
};

async function* playing(tools: Tools): AsyncGenerator<Figure> {
  const { firstSounds, songSeconds } = tools.bench.timing.music;
  tools.bench.progress(`music: the first sound of ${firstSounds} songs`);
  {
    await using line = await tools.line(HOME);
    const times = await measureFirstSounds(line, firstSounds);
    yield figure("/play to the first sound", "ms", times, FIRST_SOUND_GOAL);
  }
  tools.bench.progress(`music: a song of ${songSeconds} s through a slow link`);
  await using line = await tools.line(SLOW);
  yield figure(
    "gaps, 320 kbit/s, 5 % loss",
    "gaps",
    [await countGaps(line, songSeconds)],
    GAPS_GOAL,
  );
}

async function* calls({ bench, ...tools }: Tools): AsyncGenerator<Figure> {
  const { count, speech } = bench.timing.calls;
  const said: Both<Int16Array> = {
    caller: await spoken(0, speech, bench.folder) ?? speechLike(speech, 1),
    callee: await spoken(1, speech, bench.folder) ?? speechLike(speech, 2),
  };
  const [alone, beside]: [number[], number[]] = [[], []];
  for (let call = 0; call < count; call++) {
    for (const [fetching, medians] of [[false, alone], [true, beside]] as const) {
      const how = fetching ? "beside a transfer" : "alone";
      bench.progress(`music, a call ${how}: ${call + 1} of ${count}`);
      await using line = (await openNamespaces(tools.link!, HOME))!;
      const heard = await measureCallBeside(line, said, fetching);
      medians.push(heard.caller.median, heard.callee.median);
    }
  }
  yield figure("mouth to ear, alone", "ms", alone);
  yield figure("mouth to ear, beside a transfer", "ms", beside);
  const added = beside.map((delay, index) => delay - alone[index]!);
  yield figure("mouth to ear, added by the transfer", "ms", added, ADDED_GOAL);
}

/** What this machine has for the suite. */
class Tools {
  private constructor(
    readonly bench: Workbench,
    readonly link: string | null,
    readonly tcp: string | null,
    /** What TCP can be sent with, the one that counts first. */
    readonly controls: readonly string[],
    /** Whether a link can be put between namespaces; else it is in front of UDP ports. */
    readonly namespaces: boolean,
  ) {}

  static async open(bench: Workbench): Promise<Tools> {
    const compiled = (name: string) =>
      compile(join(import.meta.dirname!, `${name}.c`), join(bench.folder, name));
    const [link, tcp] = [await compiled("link"), await compiled("tcp")];
    const trial = link === null ? null : await openNamespaces(link, FAST);
    await trial?.[Symbol.asyncDispose]();
    if (link !== null && trial === null) {
      bench.progress("music: no network namespaces or TUN devices here, so TCP is left out");
    }
    return new Tools(bench, link, tcp, await congestionControls(), trial !== null);
  }

  /** A link, with namespaces where they can be had. */
  async line(plan: LinkPlan): Promise<Line> {
    const line = this.namespaces ? await openNamespaces(this.link!, plan) : null;
    return line ?? openProxies(this.link!, plan);
  }

  /** Transfers through a line, and TCP where it goes through it too, in turns. */
  async transfers(line: Line, withTcp: boolean, name: string): Promise<TransferRuns> {
    const { rounds, bytes, tcpSeconds } = this.bench.timing.music;
    const { tcp } = this;
    const runs: TransferRuns = [
      { candidate: SUBJECT, measure: () => measureMusic(line, bytes), transfers: [] },
      ...(withTcp && tcp !== null ? this.controls : []).map((control) => ({
        candidate: `TCP ${control}`,
        measure: () => measureTcp(tcp!, control, line, bytes, tcpSeconds),
        transfers: [],
      })),
    ];
    for (let round = 0; round < rounds; round++) {
      this.bench.progress(`music, ${name}: round ${round + 1} of ${rounds}`);
      for (const run of round % 2 === 0 ? runs : runs.toReversed()) {
        run.transfers.push(await run.measure());
      }
    }
    return runs;
  }
}

async function congestionControls(): Promise<string[]> {
  const path = "/proc/sys/net/ipv4/tcp_available_congestion_control";
  const there = await Deno.readTextFile(path).catch(() => "");
  return ["bbr", "cubic"].filter((name) => there.split(/\s+/).includes(name));
}

function figure(name: string, unit: Unit, values: readonly number[], goal?: Goal): Figure {
  const samples = values.map((value) => ({ value }));
  return { name, unit, series: [{ candidate: SUBJECT, samples }], goal };
}
