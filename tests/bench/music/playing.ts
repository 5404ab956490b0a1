import { join } from "node:path";
import type { MusicReport } from "../../../lib/music/music_status.ts";
import { EarWatch } from "../../processes/call_rig/ear_watch.ts";
import { parseWav } from "../../processes/call_rig/wav.ts";
import { PATIENCE } from "../../processes/output_watch.ts";
import type { PipedProgram } from "../../processes/piped_program.ts";
import type { Line } from "./link.ts";
import { startAt, startPeerAt, startServerAt } from "./people.ts";
import { makeSongs } from "./song.ts";
import type { CatalogueEntry, SourceReady } from "./source_program.ts";
import { sourceWords } from "./transfer.ts";

/** How often a file that grows is looked at, in milliseconds. */
const LOOK = 20;
/** The least loudness of a sample that is sound. */
const LOUD = 1000;
/** How long is listened on after the first sound, in milliseconds. */
const LISTENED = 400;
/** Seconds of a song of which only the beginning is heard. */
const BEGINNING = 30;
/** What the listener writes. */
const [HEARD, LOG] = ["heard.wav", "log"];

/**
 * From a person's `/play` to the first sound of the song, which comes from somebody else: real
 * programs, with a WAV file for a loudspeaker, watched from outside.
 *
 * @returns milliseconds, of `count` songs
 */
export async function measureFirstSounds(line: Line, count: number): Promise<number[]> {
  await using stage = await Stage.open(line, count, BEGINNING);
  const times: number[] = [];
  for (let number = 1; number <= count; number++) {
    const said = performance.timeOrigin + performance.now();
    await stage.listener.say(`/play ${number}`);
    const sample = await stage.firstSound();
    await new Promise((resolve) => setTimeout(resolve, LISTENED));
    times.push(stage.ears.heardAt(stage.speaker, sample) - said);
    await stage.listener.say("/stop");
    await stage.listener.waitFor("foi parada.");
  }
  return times;
}

/** How often a song, while it comes from somebody else, stops because the next of it is not there. */
export async function countGaps(line: Line, seconds: number): Promise<number> {
  await using stage = await Stage.open(line, 1, seconds);
  await stage.listener.say("/play 1");
  await until(
    () => Promise.resolve(stage.listener.output.includes("terminou.")),
    () => `the song does not end\n${stage.listener.output}`,
    3000 * seconds,
  );
  return gapsIn(await Deno.readTextFile(stage.log));
}

/** The gaps that a peer's log has: reports of a song that plays and waits for more. */
export function gapsIn(log: string): number {
  return log.split("\n").filter((text) => {
    if (!text.includes('"now_playing"')) return false;
    const report = JSON.parse(JSON.parse(text).music) as MusicReport;
    return report.kind === "now_playing" && !report.tick && report.now.state === "buffering";
  }).length;
}

/** A server, somebody who has songs, and a listener who has listed them. */
class Stage implements AsyncDisposable {
  private constructor(
    readonly folder: string,
    readonly listener: PipedProgram,
    readonly ears: EarWatch,
    readonly resources: AsyncDisposable,
  ) {}

  get speaker(): string {
    return join(this.folder, HEARD);
  }

  get log(): string {
    return join(this.folder, LOG);
  }

  static async open(line: Line, songs: number, seconds: number): Promise<Stage> {
    await using resources = new AsyncDisposableStack();
    const folder = await Deno.makeTempDir({ prefix: "prosa-bench-music-" });
    resources.defer(() => Deno.remove(folder, { recursive: true }));
    const files = await makeSongs(folder, songs, seconds);
    const server = resources.use(await startServerAt(line.near));
    const words = sourceWords({ files, noise: null });
    const source = resources.use(startAt(line.far, "source", words));
    const { port } = JSON.parse((await source.waitFor(/^\{.*\}$/m))[0]) as SourceReady;
    const told = await line.reach(port);
    const entry: CatalogueEntry = {
      host: server.host,
      catalogue: server.registryPort,
      port: told.port,
    };
    await source.say(JSON.stringify(entry));
    await source.waitFor("entered");
    const ears = resources.use(new EarWatch(folder));
    const devices = ["--mic", "none", "--speaker", `file:${join(folder, HEARD)}`];
    const log = ["--log-file", join(folder, LOG)];
    const listener = resources.use(
      await startPeerAt(line.near, server, "Ana", [...devices, ...log]),
    );
    await listener.say("/files");
    await listener.waitFor("Para ouvir uma: /play");
    return new Stage(folder, listener, ears, resources.move());
  }

  /** The first sample in the loudspeaker's file that is loud, as soon as there is one. */
  async firstSound(): Promise<number> {
    let at = -1;
    await until(async () => {
      at = await firstLoud(this.speaker);
      return at >= 0;
    }, () => `nothing is heard\n${this.listener.output}`);
    return at;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.resources[Symbol.asyncDispose]();
  }
}

async function firstLoud(path: string): Promise<number> {
  try {
    return parseWav(await Deno.readFile(path)).samples.findIndex((one) => Math.abs(one) >= LOUD);
  } catch (error) {
    // It is not there yet, or has no header yet.
    if (error instanceof Deno.errors.NotFound || error instanceof TypeError) return -1;
    throw error;
  }
}

async function until(
  holds: () => Promise<boolean>,
  told: () => string,
  patience = PATIENCE,
): Promise<void> {
  const latest = performance.now() + patience;
  while (!await holds()) {
    if (performance.now() > latest) throw new Error(told());
    await new Promise((resolve) => setTimeout(resolve, LOOK));
  }
}
