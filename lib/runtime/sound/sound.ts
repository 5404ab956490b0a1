import type { IpPort } from "../../base/address.ts";
import { openCodec } from "../../media/open_codec.ts";
import type { SoundCommand, TestOutcome } from "../../media/sound_status.ts";
import type { Codec } from "../../protocol/call.ts";
import {
  CallSound,
  type SoundChoices,
  type SoundObserver,
  type SoundSettings,
} from "./call_sound.ts";
import { chosenMicrophone, chosenSpeaker, listMicrophones, listSpeakers } from "./devices.ts";
import { trySound } from "./sound_trial.ts";

/** Devices and habits of a person, from the command line. */
export interface SoundOptions extends SoundChoices {
  readonly halfDuplex: boolean;
}

/** Everything that a peer does with sound: that of its call, the person's settings, the test. */
export class Sound implements AsyncDisposable {
  #settings: SoundSettings;
  #call: CallSound | null = null;
  #test: AbortController | null = null;
  #testing: Promise<unknown> = Promise.resolve();
  /** The sound of calls that are over, until their devices are given back. */
  #ending: Promise<unknown> = Promise.resolve();

  constructor(readonly options: SoundOptions, readonly observer: SoundObserver) {
    this.#settings = { muted: false, volume: 1, halfDuplex: options.halfDuplex };
  }

  /** A call is coming or going out: what takes time is loaded meanwhile. */
  prepare(): void {
    // What is opened only makes the library ready; the call opens its own.
    openCodec("opus/48000").then(
      (codec) => codec[Symbol.dispose](),
      (error) => this.observer.bug(error),
    );
  }

  /** A call is connected: record, play and send. */
  start(to: IpPort, codec: Codec): void {
    this.#test?.abort();
    const free = Promise.all([this.#ending, this.#testing]);
    this.#call = new CallSound({ to, codec }, this.options, this.#settings, this.observer, free);
  }

  /** A packet of the call's other side. */
  packet(bytes: Uint8Array): void {
    this.#call?.packet(bytes);
  }

  /** The call is over. */
  stop(): void {
    const call = this.#call;
    if (call === null) return;
    this.#call = null;
    this.#ending = Promise.all([this.#ending, call[Symbol.asyncDispose]()]);
    // A microphone that stays shut into the next call is one that nobody remembers.
    this.#settings = { ...this.#settings, muted: false };
  }

  /** Does what the person wants. */
  command(command: SoundCommand): void {
    const { observer } = this;
    switch (command.kind) {
      case "mute": {
        const on = command.on ?? !this.#settings.muted;
        this.#set({ muted: on });
        return observer.report({ kind: "muted", on });
      }
      case "volume":
        if (command.percent !== null) this.#set({ volume: command.percent / 100 });
        return observer.report({
          kind: "volume",
          percent: Math.round(this.#settings.volume * 100),
        });
      case "half_duplex":
        this.#set({ halfDuplex: command.on });
        return observer.report({ kind: "half_duplex", on: command.on });
      case "stats":
        return observer.report({ kind: "stats", status: this.#call?.session?.status() ?? null });
      case "devices":
        this.#listDevices().catch((error) => observer.bug(error));
        return;
      case "test":
        this.#testing = this.#runTest().catch((error) => observer.bug(error));
    }
  }

  /** Ends everything, and resolves when the devices are given back. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.stop();
    this.#test?.abort();
    await Promise.all([this.#ending, this.#testing]);
  }

  #set(change: Partial<SoundSettings>): void {
    this.#settings = { ...this.#settings, ...change };
    if (this.#call !== null) this.#call.settings = this.#settings;
  }

  async #listDevices(): Promise<void> {
    const [microphones, speakers, microphone, speaker] = await Promise.all([
      listMicrophones(),
      listSpeakers(),
      chosenMicrophone(this.options.microphone),
      chosenSpeaker(this.options.speaker),
    ]);
    this.observer.report({ kind: "devices", microphones, speakers, microphone, speaker });
  }

  async #runTest(): Promise<void> {
    const end = (outcome: TestOutcome) => this.observer.report({ kind: "test_ended", outcome });
    if (this.#call !== null) return end({ kind: "in_call" });
    if (this.#test !== null) return end({ kind: "interrupted" });
    const test = this.#test = new AbortController();
    try {
      end(await trySound(this.options, (report) => this.observer.report(report), test.signal));
    } finally {
      this.#test = null;
    }
  }
}
