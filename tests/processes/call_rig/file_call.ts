import { SAMPLE_RATE } from "../../../lib/media/frame.ts";
import { PATIENCE } from "../output_watch.ts";
import { type Both, CallPair, otherOf, type Side } from "./call_pair.ts";
import type { PeerSetup } from "./calling_peer.ts";
import { EarWatch } from "./ear_watch.ts";
import { mouthClock, type SentPacket } from "./mouth_clock.ts";
import { lastSoundClock } from "./sound_clock.ts";
import type { CallPath } from "./udp_proxy.ts";
import { formatWav, parseWav } from "./wav.ts";

/** How often a file that grows is looked at, in milliseconds. */
const LOOK = 100;
/** What may come out of a speaker behind what was said: the longest delay and more, in seconds. */
const ECHOING = 0.5;
const WAV_HEADER = 44;

/** What the last call was like for one peer; times are in milliseconds since 1970. */
export interface HeardCall {
  /** What came out of its loudspeaker, 48 kHz. */
  readonly heard: Int16Array;
  /** When a sample of that was heard. */
  heardAt(sample: number): number;
  /** When it said the first sample of what it says. */
  readonly saidFrom: number;
}

/** Two peers that can call each other and have WAV files for devices. */
export class FileCall implements AsyncDisposable {
  private constructor(
    readonly folder: string,
    readonly said: Both<Int16Array>,
    readonly pair: CallPair,
    readonly ears: EarWatch,
  ) {}

  /**
   * Starts the peers.
   *
   * @param said what each says in every call, mono, 48 kHz
   * @param path what is between them; null: they speak to each other directly
   */
  static async start(said: Both<Int16Array>, path: CallPath | null): Promise<FileCall> {
    const folder = await Deno.makeTempDir({ prefix: "prosa-call-" });
    try {
      for (const side of SIDES) {
        const wav = formatWav({ samples: said[side], rate: SAMPLE_RATE });
        await Deno.writeFile(microphoneOf(folder, side), wav);
      }
      const setups = { caller: setup(folder, "caller"), callee: setup(folder, "callee") };
      const pair = await CallPair.start(setups, path);
      return new FileCall(folder, said, pair, new EarWatch(folder));
    } catch (error) {
      await Deno.remove(folder, { recursive: true });
      throw error;
    }
  }

  /** Resolves when all that the two say can have been heard. */
  async spoken(): Promise<void> {
    await Promise.all(SIDES.map(async (side) => {
      const seconds = this.said[otherOf(side)].length / SAMPLE_RATE + ECHOING;
      await grown(speakerOf(this.folder, side), seconds);
    }));
  }

  /** Both leave, which closes their files; gives what the last call was like for each. */
  async leave(): Promise<Both<HeardCall>> {
    const report = await this.pair.proxy?.report();
    await this.pair.exit();
    return {
      caller: await this.#heard("caller", report?.toCallee.sent),
      callee: await this.#heard("callee", report?.toCaller.sent),
    };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.ears[Symbol.dispose]();
    await this.pair[Symbol.asyncDispose]();
    await Deno.remove(this.folder, { recursive: true });
  }

  async #heard(side: Side, sent: readonly SentPacket[] | undefined): Promise<HeardCall> {
    const file = speakerOf(this.folder, side);
    const { samples, rate } = parseWav(await Deno.readFile(file));
    if (rate !== SAMPLE_RATE) throw new Error(`a loudspeaker of ${rate} samples a second`);
    const { microphone } = lastSoundClock(await Deno.readTextFile(logOf(this.folder, side)));
    return {
      heard: samples,
      heardAt: (sample) => this.ears.heardAt(file, sample),
      saidFrom: sent === undefined ? microphone : mouthClock(microphone, sent),
    };
  }
}

const SIDES = ["caller", "callee"] as const;
const microphoneOf = (folder: string, side: string) => `${folder}/${side}-says.wav`;
const speakerOf = (folder: string, side: string) => `${folder}/${side}-hears.wav`;
const logOf = (folder: string, side: string) => `${folder}/${side}.log`;

function setup(folder: string, side: string): PeerSetup {
  const [microphone, speaker] = [microphoneOf(folder, side), speakerOf(folder, side)];
  const devices = ["--mic", `file:${microphone}`, "--speaker", `file:${speaker}`];
  return {
    args: [...devices, "--log-file", logOf(folder, side)],
    permissions: ["--allow-read", "--allow-write"],
  };
}

/**
 * Resolves when a loudspeaker's file, which grows in real time, has so many seconds.
 *
 * @throws {Error} where it takes far longer
 */
async function grown(path: string, seconds: number): Promise<void> {
  const bytes = WAV_HEADER + 2 * seconds * SAMPLE_RATE;
  const latest = performance.now() + 1000 * seconds + PATIENCE;
  for (;;) {
    const { size } = await Deno.stat(path);
    if (size >= bytes) return;
    if (performance.now() > latest) throw new Error(`${path} stays at ${size} bytes`);
    await new Promise((resolve) => setTimeout(resolve, LOOK));
  }
}
