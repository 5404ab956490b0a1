import { SAMPLE_RATE, SAMPLES_PER_MS } from "../../../lib/media/frame.ts";
import { type Both, CallPair, type EndedCall } from "../../processes/call_rig/call_pair.ts";
import type { PeerSetup } from "../../processes/call_rig/calling_peer.ts";
import { SOUND_PROGRAMS } from "../../../lib/runtime/sound/sound_programs.ts";
import { PATIENCE } from "../../processes/output_watch.ts";
import { PulseRig, RIG_CHANNELS } from "../../runtime/sound/pulse_rig.ts";
import { cpuPercent, hearing, type MeasuredCall } from "./measured_call.ts";

const SAMPLE_BYTES = 2;
const FORMAT = ["--raw", `--rate=${SAMPLE_RATE}`, "--format=s16le", "--latency-msec=20"];
/** As the rig has them; another order would be mixed. */
const CHANNELS = [
  `--channels=${RIG_CHANNELS}`,
  "--channel-map=front-left,front-right,rear-left,rear-right",
];
/** What is recorded before somebody speaks, and after the last one did, in seconds. */
const QUIET = 1;
/** How often a recording is looked at, in milliseconds. */
const LOOK = 50;

/** Of the two persons of the rig, the caller is `a`; their channels in its recording. */
const PERSONS = {
  caller: { suffix: "a", ear: 0, mouth: 2 },
  callee: { suffix: "b", ear: 1, mouth: 3 },
} as const;

/**
 * A call between two processes through PulseAudio, both of whom speak all the time; what it was for
 * each of them, by one recording of both mouths and both ears.
 *
 * @throws {Error} where PulseAudio is not installed
 */
export async function measurePulseCall(
  said: Both<Int16Array>,
): Promise<Both<MeasuredCall>> {
  const folder = await Deno.makeTempDir({ prefix: "prosa-pulse-" });
  await using resources = new AsyncDisposableStack();
  resources.defer(() => Deno.remove(folder, { recursive: true }));
  await using rig = await PulseRig.start();
  const environment = { PULSE_SERVER: rig.env.PULSE_SERVER! };
  const setup = (side: keyof typeof PERSONS): PeerSetup => {
    const { suffix } = PERSONS[side];
    return {
      args: ["--mic", `pulse:mouth_${suffix}`, "--speaker", `pulse:ear_${suffix}`],
      permissions: [`--allow-run=${SOUND_PROGRAMS.join(",")}`],
      environment,
    };
  };
  const setups = { caller: setup("caller"), callee: setup("callee") };
  await using pair = await CallPair.start(setups, null);
  await pair.connect();
  const recorded = await recordedSpeech(said, folder, environment);
  const ended = await pair.hangUp();
  await pair.exit();
  return {
    caller: measured(recorded, PERSONS.callee.mouth, PERSONS.caller.ear, ended.caller),
    callee: measured(recorded, PERSONS.caller.mouth, PERSONS.callee.ear, ended.callee),
  };
}

function measured(
  recorded: Int16Array,
  mouth: number,
  ear: number,
  ended: EndedCall,
): MeasuredCall {
  const said = channel(recorded, mouth);
  const heard = channel(recorded, ear);
  const heardHow = hearing(said, heard, ({ lag }) => lag / SAMPLES_PER_MS);
  return { ...heardHow, cpu: cpuPercent(ended) };
}

/** Lets both speak; what was recorded of the rig meanwhile, all channels. */
async function recordedSpeech(
  said: Both<Int16Array>,
  folder: string,
  env: Record<string, string>,
): Promise<Int16Array> {
  const recording = `${folder}/rig.raw`;
  const recorder = new Deno.Command("parec", {
    args: [...FORMAT, ...CHANNELS, "--device=rig.monitor", recording],
    env,
    stdin: "null",
    stdout: "null",
    stderr: "null",
  }).spawn();
  try {
    const second = RIG_CHANNELS * SAMPLE_BYTES * SAMPLE_RATE;
    await longerBy(recording, QUIET * second);
    await Promise.all([speak("caller", said, folder, env), speak("callee", said, folder, env)]);
    await longerBy(recording, QUIET * second);
  } finally {
    recorder.kill("SIGTERM");
    await recorder.status;
  }
  const bytes = await Deno.readFile(recording);
  return new Int16Array(bytes.buffer, 0, Math.floor(bytes.length / SAMPLE_BYTES));
}

/** Says what one side says into its microphone; resolves at the end of it. */
async function speak(
  side: keyof typeof PERSONS,
  said: Both<Int16Array>,
  folder: string,
  env: Record<string, string>,
): Promise<void> {
  const file = `${folder}/${side}-says.raw`;
  await Deno.writeFile(file, new Uint8Array(said[side].slice().buffer));
  const args = [...FORMAT, "--channels=1", `--device=say_${PERSONS[side].suffix}`, file];
  const { success, stderr } = await new Deno.Command("pacat", { args, env }).output();
  if (!success) throw new Error(`pacat: ${new TextDecoder().decode(stderr)}`);
}

/**
 * Resolves when a recording, which may not have begun, is longer by so many bytes.
 *
 * @throws {Error} where it does not grow
 */
async function longerBy(path: string, bytes: number): Promise<void> {
  const size = async () => {
    try {
      return (await Deno.stat(path)).size;
    } catch (error) {
      if (error instanceof Deno.errors.NotFound) return 0;
      throw error;
    }
  };
  const wanted = await size() + bytes;
  const latest = performance.now() + PATIENCE;
  while (await size() < wanted) {
    if (performance.now() > latest) throw new Error(`${path} does not grow`);
    await new Promise((resolve) => setTimeout(resolve, LOOK));
  }
}

function channel(recorded: Int16Array, number: number): Int16Array {
  return Int16Array.from(
    { length: Math.floor(recorded.length / RIG_CHANNELS) },
    (_, n) => recorded[n * RIG_CHANNELS + number]!,
  );
}
