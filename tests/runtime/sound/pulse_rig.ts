/**
 * A PulseAudio of the test's own, with pretended sound cards and nothing of this machine's: no
 * configuration, no session bus, its own folder for everything.
 *
 * @module
 */
import assert from "node:assert/strict";
import { join } from "node:path";

/** Time for PulseAudio to answer. */
const READY_WITHIN = 5000;

/** Rate, and channels one and two are speakers of the rig, three and four its microphones' sound. */
export const RIG_CHANNELS = 4;

/** A module to load, such as `module-null-sink sink_name=x`. */
export type PulseModule = string;

/**
 * A sink `rig` of four channels, and on it the ears and mouths of two persons: what `ear_a` and
 * `ear_b` play is in the first two channels, what is played to `say_a` and `say_b` is in the other
 * two and comes out of the microphones `mouth_a` and `mouth_b`. Recording `rig.monitor` has all four
 * on one clock.
 */
export const TWO_PERSONS: readonly PulseModule[] = [
  "module-null-sink sink_name=rig rate=48000 channels=4 channel_map=front-left,front-right,rear-left,rear-right",
  ...["ear_a front-left", "ear_b front-right", "say_a rear-left", "say_b rear-right"].map(
    (line) => {
      const [name, channel] = line.split(" ");
      return `module-remap-sink sink_name=${name} master=rig channels=1 master_channel_map=${channel} channel_map=mono remix=no`;
    },
  ),
  ...["mouth_a rear-left", "mouth_b rear-right"].map((line) => {
    const [name, channel] = line.split(" ");
    return `module-remap-source source_name=${name} master=rig.monitor channels=1 master_channel_map=${channel} channel_map=mono remix=no`;
  }),
];

/** A running PulseAudio. */
export class PulseRig implements AsyncDisposable {
  private constructor(readonly folder: string, readonly server: Deno.ChildProcess) {}

  /**
   * Starts PulseAudio and waits until it answers.
   *
   * @throws {Error} it is not installed, or does not start
   */
  static async start(modules: readonly PulseModule[] = TWO_PERSONS): Promise<PulseRig> {
    const folder = await Deno.makeTempDir({ prefix: "pulse-" });
    const socket = join(folder, "socket");
    const loaded = [`module-native-protocol-unix auth-anonymous=1 socket=${socket}`, ...modules];
    const args = [
      "--daemonize=no",
      "--exit-idle-time=-1",
      "--use-pid-file=no",
      "--log-level=error",
    ];
    let server: Deno.ChildProcess;
    try {
      server = new Deno.Command("pulseaudio", {
        args: [...args, "-n", ...loaded.flatMap((module) => ["-L", module])],
        env: { ...ownFolders(folder), LC_ALL: "C" },
        stdin: "null",
        stdout: "null",
        stderr: "null",
      }).spawn();
    } catch (error) {
      await Deno.remove(folder, { recursive: true });
      throw new Error("this test needs the program pulseaudio (and pulseaudio-utils)", {
        cause: error,
      });
    }
    const rig = new PulseRig(folder, server);
    try {
      await rig.#answers();
      return rig;
    } catch (error) {
      await rig[Symbol.asyncDispose]();
      throw error;
    }
  }

  /** What a program needs in its environment to use this PulseAudio and no other. */
  get env(): Record<string, string> {
    return { ...ownFolders(this.folder), PULSE_SERVER: `unix:${join(this.folder, "socket")}` };
  }

  /** Has programs that this process starts use this PulseAudio, until what it returns is disposed. */
  adopt(): Disposable {
    const before = new Map(Object.keys(this.env).map((name) => [name, Deno.env.get(name)]));
    for (const [name, value] of Object.entries(this.env)) Deno.env.set(name, value);
    return {
      [Symbol.dispose]() {
        for (const [name, value] of before) {
          if (value === undefined) Deno.env.delete(name);
          else Deno.env.set(name, value);
        }
      },
    };
  }

  /** What `pactl` answers. */
  async ask(...args: string[]): Promise<string> {
    const { code, stdout, stderr } = await this.#pactl(args);
    const decoder = new TextDecoder();
    assert.equal(code, 0, `pactl ${args.join(" ")}: ${decoder.decode(stderr)}`);
    return decoder.decode(stdout);
  }

  /** Ends PulseAudio by its process id, and removes what it wrote. */
  async [Symbol.asyncDispose](): Promise<void> {
    try {
      this.server.kill("SIGKILL");
    } catch {
      // It has ended.
    }
    await this.server.status;
    await Deno.remove(this.folder, { recursive: true });
  }

  #pactl(args: readonly string[]): Promise<Deno.CommandOutput> {
    return new Deno.Command("pactl", { args: [...args], env: { ...this.env, LC_ALL: "C" } })
      .output();
  }

  async #answers(): Promise<void> {
    const deadline = performance.now() + READY_WITHIN;
    let ended = false;
    this.server.status.then(() => ended = true);
    while (!ended && performance.now() < deadline) {
      if ((await this.#pactl(["info"])).code === 0) return;
    }
    throw new Error(ended ? "pulseaudio ended at once" : "pulseaudio does not answer");
  }
}

function ownFolders(folder: string): Record<string, string> {
  return {
    HOME: folder,
    XDG_RUNTIME_DIR: folder,
    XDG_CONFIG_HOME: folder,
    XDG_STATE_HOME: folder,
    PULSE_RUNTIME_PATH: folder,
  };
}
