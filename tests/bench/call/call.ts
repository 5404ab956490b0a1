import { speechLike } from "../../media/speech_like.ts";
import type { Both } from "../../processes/call_rig/call_pair.ts";
import { spoken } from "../../processes/call_rig/speech.ts";
import type { Figure, Goal, Sample, Unit } from "../figures.ts";
import type { Suite } from "../suites/suite.ts";
import type { Workbench } from "../workbench.ts";
import { measureCall, type MeasuredCall } from "./measured_call.ts";
import { measurePulseCall } from "./pulse_call.ts";

/** What is wrong with a path, and what is asked of a call through it. */
interface Condition {
  readonly name: string;
  /** Part of the packets that are lost, and milliseconds that are added at random, evenly. */
  readonly loss: number;
  readonly jitter: number;
  /** Milliseconds from mouth to ear. */
  readonly delay: Goal;
  readonly score: Goal;
}

/** The goals of issue 4. */
const CONDITIONS: readonly Condition[] = [
  { name: "0 % loss", loss: 0, jitter: 0, ...goals(70, 0.97) },
  { name: "0 % loss, 30 ms jitter", loss: 0, jitter: 30, ...goals(130, 0.97) },
  { name: "5 % loss, 30 ms jitter", loss: 0.05, jitter: 30, ...goals(130, 0.96) },
  { name: "10 % loss, 30 ms jitter", loss: 0.1, jitter: 30, ...goals(130, 0.95) },
  { name: "20 % loss, 30 ms jitter", loss: 0.2, jitter: 30, ...goals(130, 0.93) },
];

function goals(delay: number, score: number): Pick<Condition, "delay" | "score"> {
  return {
    delay: { kind: "at_most", value: delay },
    score: { kind: "at_least", value: score },
  };
}

/** Through sound devices, in milliseconds. */
const DEVICE_GOAL: Goal = { kind: "at_most", value: 80 };
/** Percent of a core. */
const CPU_GOAL: Goal = { kind: "at_most", value: 10 };

/** Voice calls between two processes. */
export const CALL: Suite = {
  name: "call",
  about: "Real calls between two peers with WAV files for microphones and loudspeakers, read and " +
    "written in real time; both speak all the time (espeak-ng, where it is installed). Their " +
    "packets go through a proxy, which loses them, each by itself, and delays each by 0 to the " +
    "jitter, so that their order changes. Mouth to ear is from when a sample was due at the " +
    "microphone until its frame is in the loudspeaker's file, both watched from outside, by " +
    "cross-correlation of each second of speech: at the median of them, and the delay that 95 % " +
    "of them stay within. Intelligibility is STOI (`tests/bench/stoi.ts`), where each second is " +
    "compared with itself as it was heard, wherever the jitter buffer has moved it. Processor " +
    "time is that of one peer while it is connected, with the programs that record and play. " +
    "Through PulseAudio, one recording has both mouths and both ears. All processes share the " +
    "machine's cores.",
  async *measure(bench) {
    const said = await saidIn(bench);
    const costs: Sample[] = [];
    for (const condition of CONDITIONS) {
      const { name, loss, jitter, delay, score } = condition;
      const heard = await calls(
        bench,
        name,
        (call) => measureCall(said, { loss, jitter }, call),
      );
      yield* hearingFigures(name, heard, delay);
      yield intelligibilityFigure(name, heard, score);
      costs.push(...costsOf(heard));
    }
    if (costs.length > 0) yield figure("processor time of a peer", "% of a core", costs, CPU_GOAL);
    yield* throughPulseAudio(bench, said);
  },
};

/** What both say in every call. */
async function saidIn({ timing, folder, progress }: Workbench): Promise<Both<Int16Array>> {
  const { speech } = timing.calls;
  const caller = await spoken(0, speech, folder);
  const callee = await spoken(1, speech, folder);
  if (caller !== null && callee !== null) return { caller, callee };
  progress("call: espeak-ng is not installed, something like speech stands in for it");
  return { caller: speechLike(speech, 1), callee: speechLike(speech, 2) };
}

/** What a call through sound devices is like; nothing where PulseAudio is not installed. */
async function* throughPulseAudio(bench: Workbench, said: Both<Int16Array>) {
  if (!await hasPulseAudio()) {
    bench.progress("call: PulseAudio is not installed");
    return;
  }
  const name = "PulseAudio";
  const heard = await calls(bench, name, () => measurePulseCall(said));
  yield* hearingFigures(name, heard, DEVICE_GOAL);
  yield intelligibilityFigure(name, heard);
  const costs = costsOf(heard);
  if (costs.length > 0) {
    yield figure(`processor time of a peer, ${name}`, "% of a core", costs, CPU_GOAL);
  }
}

async function hasPulseAudio(): Promise<boolean> {
  try {
    const args = ["--version"];
    return (await new Deno.Command("pulseaudio", { args, stdout: "null" }).output()).success;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}

/** Some calls, each of which both sides hear. */
async function calls(
  { timing, progress }: Workbench,
  name: string,
  measure: (call: number) => Promise<Both<MeasuredCall>>,
): Promise<MeasuredCall[]> {
  const { count } = timing.calls;
  const heard: MeasuredCall[] = [];
  for (let call = 0; call < count; call++) {
    progress(`call, ${name}: ${call + 1} of ${count}`);
    heard.push(...Object.values(await measure(call)));
  }
  return heard;
}

function* hearingFigures(name: string, heard: readonly MeasuredCall[], goal: Goal) {
  const of = (read: (one: MeasuredCall) => number) => heard.map((one) => ({ value: read(one) }));
  yield figure(`mouth to ear, ${name}`, "ms", of(({ median }) => median), goal);
  yield figure(`mouth to ear, ${name}, 95 %`, "ms", of(({ late }) => late));
}

function intelligibilityFigure(name: string, heard: readonly MeasuredCall[], goal?: Goal): Figure {
  const samples = heard.map(({ score }) => ({ value: score }));
  return figure(`intelligibility, ${name}`, "score", samples, goal);
}

function costsOf(heard: readonly MeasuredCall[]): Sample[] {
  return heard.flatMap(({ cpu }) => cpu === null ? [] : [{ value: cpu }]);
}

function figure(name: string, unit: Unit, samples: readonly Sample[], goal?: Goal): Figure {
  return { name, unit, series: [{ candidate: "call", samples }], goal };
}
