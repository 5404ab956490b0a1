import type { NowPlaying } from "../../../lib/music/music_status.ts";
import { PATIENCE } from "../output_watch.ts";
import type { PipedProgram } from "../piped_program.ts";
import { peerArgs, type ServerPorts, type StartOptions, startPiped } from "../programs.ts";

/** How often a file that grows is looked at, in milliseconds. */
const LOOK = 50;

/** How a peer is started besides its name. */
export interface MusicSetup {
  /** Where its speaker and its log are written; as a rule a folder of the test. */
  readonly folder: string;
  readonly shares?: readonly string[];
  /** Other options. */
  readonly args?: readonly string[];
  /** Starts it, where that is not on this machine itself. */
  readonly launch?: (words: readonly string[], options: StartOptions) => PipedProgram;
}

/** A peer that shares or hears music, its speaker a WAV file. */
export class MusicPeer implements AsyncDisposable {
  private constructor(
    readonly name: string,
    readonly program: PipedProgram,
    readonly folder: string,
  ) {}

  /**
   * Starts it, and resolves when it has welcomed the person and others find what it shares.
   *
   * @throws {Error} with what it said, where it does not get so far
   */
  static async start(
    ports: ServerPorts,
    name: string,
    { folder, shares = [], args = [], launch = startHere }: MusicSetup,
  ): Promise<MusicPeer> {
    const devices = ["--mic", "none", "--speaker", `file:${speakerOf(folder, name)}`];
    const words = peerArgs(
      ports,
      name,
      ...devices,
      ...["--log-file", logOf(folder, name), "--downloads", `${folder}/${name}-downloads`],
      ...shares.flatMap((share) => ["--share", share]),
      ...args,
    );
    const permissions = ["--allow-net", "--allow-read", "--allow-write"];
    const peer = new MusicPeer(name, launch(words, { permissions }), folder);
    try {
      await peer.program.waitFor("Para sair: /exit\n");
      if (shares.length > 0) {
        await peer.program.waitFor(/Os outros podem encontrar \d+ músicas? su/);
      }
      return peer;
    } catch (error) {
      await peer[Symbol.asyncDispose]();
      throw new Error(`${name} did not start: ${peer.program.errors}`, { cause: error });
    }
  }

  /** The file of its speaker. */
  get speaker(): string {
    return speakerOf(this.folder, this.name);
  }

  /** The folder of its downloads. */
  get downloads(): string {
    return `${this.folder}/${this.name}-downloads`;
  }

  /** Enters a line and resolves with the answer. */
  async ask(line: string, answer: string | RegExp): Promise<RegExpExecArray> {
    await this.program.say(line);
    return await this.program.waitFor(answer);
  }

  /** What the log says of the song that plays, from the start on. */
  async playing(): Promise<NowPlaying[]> {
    return (await this.#reports()).filter(({ kind }) => kind === "now_playing")
      .map(({ now }) => now as NowPlaying);
  }

  /** What the log says of a download of a song, from the start on. */
  async downloading(): Promise<{ readonly done: number; readonly state: { kind: string } }[]> {
    return (await this.#reports()).filter(({ kind }) => kind === "download")
      .map(({ download }) => download as { done: number; state: { kind: string } });
  }

  /** Resolves when something holds of what is in the log. */
  async until(holds: () => Promise<boolean>): Promise<void> {
    const latest = performance.now() + PATIENCE;
    while (!await holds()) {
      if (performance.now() > latest) throw new Error(`never: ${holds}\n${this.program.output}`);
      await new Promise((resolve) => setTimeout(resolve, LOOK));
    }
  }

  /** Leaves; resolves when it has ended by itself, which closes its files. */
  async leave(): Promise<void> {
    await this.program.say("/exit");
    const { code, errors } = await this.program.ended();
    if (code !== 0) throw new Error(`${this.name} ended with ${code}: ${errors}`);
  }

  /** It is gone without a word. */
  async kill(): Promise<void> {
    this.program.kill("SIGKILL");
    await this.program.ended();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.program[Symbol.asyncDispose]();
  }

  async #reports(): Promise<{ readonly kind: string; readonly [field: string]: unknown }[]> {
    const text = await Deno.readTextFile(logOf(this.folder, this.name)).catch(() => "");
    // The last line may still be on its way.
    return text.slice(0, text.lastIndexOf("\n") + 1).split("\n").filter((line) => line !== "")
      .map((line) => JSON.parse(line) as { readonly music?: string })
      .flatMap(({ music }) => music === undefined ? [] : [JSON.parse(music)]);
  }
}

const startHere = (words: readonly string[], options: StartOptions) =>
  startPiped("peer", words, options);
const speakerOf = (folder: string, name: string) => `${folder}/${name}-hears.wav`;
const logOf = (folder: string, name: string) => `${folder}/${name}.log`;
