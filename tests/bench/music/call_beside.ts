import { join } from "node:path";
import { SAMPLE_RATE } from "../../../lib/media/frame.ts";
import { type Both, otherOf, type Side } from "../../processes/call_rig/call_pair.ts";
import { EarWatch } from "../../processes/call_rig/ear_watch.ts";
import type { HeardCall } from "../../processes/call_rig/file_call.ts";
import { lastSoundClock } from "../../processes/call_rig/sound_clock.ts";
import { formatWav, parseWav } from "../../processes/call_rig/wav.ts";
import { PATIENCE } from "../../processes/output_watch.ts";
import type { PipedProgram } from "../../processes/piped_program.ts";
import { sampleFile } from "../../music/sim/sample_file.ts";
import { type Hearing, hearings } from "../call/measured_call.ts";
import type { Line } from "./link.ts";
import { startPeerAt, startServerAt } from "./people.ts";

const NAMES = { caller: "Ana", callee: "Bia" } as const;
/** Bytes that are fetched beside a call, more than go through while it lasts. */
const FETCHED = 64_000_000;
/** How often a file that grows is looked at, in milliseconds. */
const LOOK = 100;
/** The longest delay of a call and more, in milliseconds. */
const ECHOING = 500;

/**
 * A call between two real peers on both sides of a link, both of whom speak all the time; how each
 * heard the other.
 *
 * @param fetching whether the caller fetches a file from the callee all the while
 */
export async function measureCallBeside(
  line: Line,
  said: Both<Int16Array>,
  fetching: boolean,
): Promise<Both<Hearing>> {
  await using resources = new AsyncDisposableStack();
  const folder = await Deno.makeTempDir({ prefix: "prosa-bench-call-" });
  resources.defer(() => Deno.remove(folder, { recursive: true }));
  await Deno.mkdir(join(folder, "shared"));
  await Deno.writeFile(join(folder, "shared", "long.mp3"), sampleFile(FETCHED).bytes);
  const server = resources.use(await startServerAt(line.near));
  const start = async (side: Side, more: readonly string[]) => {
    await Deno.writeFile(
      join(folder, `${side}-says.wav`),
      formatWav({ samples: said[side], rate: SAMPLE_RATE }),
    );
    const devices = ["--mic", `file:${folder}/${side}-says.wav`]
      .concat("--speaker", `file:${folder}/${side}-hears.wav`);
    const place = side === "caller" ? line.near : line.far;
    const log = ["--log-file", join(folder, `${side}.log`)];
    const args = [...devices, ...log, ...more];
    return resources.use(await startPeerAt(place, server, NAMES[side], args));
  };
  const callee = await start("callee", ["--share", join(folder, "shared")]);
  await callee.waitFor("Os outros podem encontrar 1 música sua.");
  const caller = await start("caller", ["--downloads", join(folder, "fetched")]);
  const ears = resources.use(new EarWatch(folder));
  await caller.waitFor("registrado para ligações");
  await caller.say("/files");
  await caller.waitFor("Para ouvir uma: /play");
  await caller.say(`/call ${NAMES.callee}`);
  await callee.waitFor("está ligando para você");
  await callee.say("/accept");
  await caller.waitFor(`${NAMES.callee} atendeu`);
  if (fetching) {
    await caller.say("/get 1");
    await caller.waitFor(" 0 %");
  }
  for (const side of ["caller", "callee"] as const) {
    await grown(`${folder}/${side}-hears.wav`, said[otherOf(side)].length);
  }
  await caller.say("/hangup");
  await callee.waitFor("desligou.");
  if (fetching) await mustFetch(caller);
  await leave(caller);
  await leave(callee);
  return hearings(said, {
    caller: await heardBy(folder, "caller", ears),
    callee: await heardBy(folder, "callee", ears),
  });
}

/** The fetch went on beside the call, and its end was not reached. */
async function mustFetch(caller: PipedProgram): Promise<void> {
  await caller.say("/downloads");
  const [, percent] = await caller.waitFor(/(\d+) %/);
  if (percent === "0" || percent === "100") {
    throw new Error(`fetched: ${percent} %\n${caller.output}`);
  }
}

async function leave(program: PipedProgram): Promise<void> {
  await program.say("/exit");
  const { code, errors } = await program.ended();
  if (code !== 0) throw new Error(`${program.name} ended with ${code}: ${errors}`);
}

async function heardBy(folder: string, side: Side, ears: EarWatch): Promise<HeardCall> {
  const file = `${folder}/${side}-hears.wav`;
  const { samples } = parseWav(await Deno.readFile(file));
  const { microphone } = lastSoundClock(await Deno.readTextFile(join(folder, `${side}.log`)));
  return {
    heard: samples,
    heardAt: (sample) => ears.heardAt(file, sample),
    saidFrom: microphone,
  };
}

/**
 * Resolves when a loudspeaker's file, which grows in real time, has all that was said.
 *
 * @throws {Error} where it takes far longer
 */
async function grown(path: string, samples: number): Promise<void> {
  const wanted = 2 * (samples + ECHOING * SAMPLE_RATE / 1000);
  const latest = performance.now() + 1000 * samples / SAMPLE_RATE + PATIENCE;
  while ((await Deno.stat(path)).size < wanted) {
    if (performance.now() > latest) throw new Error(`${path} does not grow`);
    await new Promise((resolve) => setTimeout(resolve, LOOK));
  }
}
