import type { IpPort } from "../../base/address.ts";
import { FRAME_MS, SAMPLES_PER_MS, silentFrame } from "../../media/frame.ts";
import { MEDIA_LIMITS } from "../../media/limits.ts";
import { MediaSession } from "../../media/media_session.ts";
import { openCodec } from "../../media/open_codec.ts";
import { PlayoutClock } from "../../media/playout_clock.ts";
import type {
  DeviceFault,
  SoundChoice,
  SoundDevice,
  SoundReport,
  SoundSide,
} from "../../media/sound_status.ts";
import { SoundWatch } from "../../media/sound_watch.ts";
import type { Codec } from "../../protocol/call.ts";
import { monotonicNow } from "../clock.ts";
import { DeviceError, type Speaker } from "./device.ts";
import { NO_DEVICE, openMicrophone, openSpeaker } from "./devices.ts";
import { sameCard } from "./echo.ts";

/** Which devices to use. */
export interface SoundChoices {
  readonly microphone: SoundChoice;
  readonly speaker: SoundChoice;
}

/** What the person has set, for one call. */
export interface SoundSettings {
  readonly muted: boolean;
  /** Factor of what is heard, 0 to `MEDIA_LIMITS.gain`. */
  readonly volume: number;
  readonly halfDuplex: boolean;
}

/** What sound tells. */
export interface SoundObserver {
  report(report: SoundReport): void;
  /** A datagram of the call is to be sent. */
  send(to: IpPort, bytes: Uint8Array): void;
  bug(error: unknown): void;
}

/**
 * The sound of one call, from when it is connected until it is disposed: the devices, the media
 * session between them, and the clock that both run by. A device that is missing or goes away leaves
 * one way of the call; silence is sent in place of a microphone.
 */
export class CallSound implements AsyncDisposable {
  readonly #ending = new AbortController();
  readonly #running: Promise<void>;
  #session: MediaSession | null = null;
  #clock = new PlayoutClock(0);
  #watch = new SoundWatch(0);
  #settings: SoundSettings;
  #speaker: Speaker | null = null;
  /** When silence is sent in the place of what the microphone does not give. */
  #silenceDue = 0;
  /** Whether silence was sent last; so it is before the microphone's first frame. */
  #silent = true;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    readonly call: { readonly to: IpPort; readonly codec: Codec },
    readonly choices: SoundChoices,
    settings: SoundSettings,
    readonly observer: SoundObserver,
    /** Resolves when what used the devices before has given them back. */
    readonly free: Promise<unknown>,
  ) {
    this.#settings = settings;
    this.#running = this.#run().catch((error) => observer.bug(error));
  }

  /** The session, or null until its codec is loaded. */
  get session(): MediaSession | null {
    return this.#session;
  }

  /** What the person has set. */
  set settings(settings: SoundSettings) {
    this.#settings = settings;
    this.#apply();
  }

  /** A packet of the other side. */
  packet(bytes: Uint8Array): void {
    if (this.#session === null) return;
    this.#session.receive(bytes, monotonicNow());
  }

  /** Ends the sound at once, and resolves when the devices are given back. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#ending.abort();
    clearTimeout(this.#timer);
    await this.#running;
  }

  async #run(): Promise<void> {
    const codec = await openCodec(this.call.codec);
    if (this.#ending.signal.aborted) return codec[Symbol.dispose]();
    const now = monotonicNow();
    using session = new MediaSession(codec, Math.random, now);
    this.#session = session;
    this.#clock = new PlayoutClock(now);
    this.#silenceDue = now;
    this.#watch = new SoundWatch(now);
    this.#apply();
    this.#beat();
    const ended = Promise.withResolvers<void>();
    this.#ending.signal.addEventListener("abort", () => ended.resolve());
    await using devices = new AsyncDisposableStack();
    await this.free;
    const [microphone, speaker] = await Promise.all([
      this.#openMicrophone(devices),
      this.#openSpeaker(devices),
    ]);
    if (!this.#ending.signal.aborted) {
      const echo = "backend" in microphone && "backend" in speaker && sameCard(microphone, speaker);
      this.observer.report({ kind: "sound_started", microphone, speaker, echo });
    }
    await ended.promise;
    this.#session = null;
  }

  async #openMicrophone(devices: AsyncDisposableStack): Promise<SoundDevice | DeviceFault> {
    return await opened(async () => {
      const microphone = await openMicrophone(this.choices.microphone, {
        frame: (frame) => this.#recorded(frame),
        lost: (fault) => this.#lost("microphone", fault),
      });
      if (microphone === null) return NO_DEVICE;
      devices.use(microphone);
      if (microphone.since !== undefined) this.#tellClock("microphone", microphone.since);
      return microphone.device;
    });
  }

  async #openSpeaker(devices: AsyncDisposableStack): Promise<SoundDevice | DeviceFault> {
    return await opened(async () => {
      const speaker = await openSpeaker(this.choices.speaker, {
        lost: (fault) => this.#lost("speaker", fault),
      });
      if (speaker === null) return NO_DEVICE;
      devices.use(speaker);
      this.#speaker = speaker;
      if (speaker.since !== undefined) this.#tellClock("speaker", speaker.since);
      return speaker.device;
    });
  }

  #lost(side: SoundSide, fault: DeviceFault): void {
    if (side === "speaker") this.#speaker = null;
    this.observer.report({ kind: "device_lost", side, fault });
  }

  #recorded(frame: Int16Array): void {
    if (this.#ending.signal.aborted || this.#session === null) return;
    const now = monotonicNow();
    this.#silenceDue = now + MEDIA_LIMITS.microphoneStall;
    this.#silent = false;
    this.#capture(frame, now);
  }

  /** A frame in the place of one that the microphone should have given. */
  #recordSilence(session: MediaSession, now: number): void {
    // The first of them comes late: what the other side has not been sent since is a pause.
    if (!this.#silent) session.sender.pause(MEDIA_LIMITS.microphoneStall / FRAME_MS - 1);
    this.#silent = true;
    this.#silenceDue = Math.max(this.#silenceDue + FRAME_MS, now);
    this.#capture(silentFrame(), now);
  }

  #capture(frame: Int16Array, now: number): void {
    for (const datagram of this.#session!.capture(frame, now)) {
      this.observer.send(this.call.to, datagram);
    }
  }

  /** Does what is due: a frame for the speaker, or one for a microphone that gives nothing. */
  #beat(): void {
    const session = this.#session;
    if (session === null || this.#ending.signal.aborted) return;
    const now = monotonicNow();
    if (now >= this.#clock.due) {
      const frame = session.playout(now);
      this.#speaker?.play(frame);
      const backlog = this.#speaker?.backlog ?? null;
      this.#clock.played(now, frame.length / SAMPLES_PER_MS, backlog);
      this.#tellChange(now, session);
    }
    if (now >= this.#silenceDue) this.#recordSilence(session, now);
    const next = Math.min(this.#clock.due, this.#silenceDue);
    this.#timer = setTimeout(() => this.#beat(), Math.max(0, next - monotonicNow()));
  }

  #tellChange(now: number, session: MediaSession): void {
    const { meter, gain } = session.receiver;
    // What the person has turned off, or has nothing to hear it with, is not missed.
    const level = this.#speaker === null || gain.factor === 0 ? 0 : meter.level;
    const change = this.#watch.look(now, session.heardAt, level);
    if (change === null) return;
    this.observer.report(
      change === "back"
        ? { kind: "sound_back" }
        : { kind: "no_sound", packets: change === "only_silence" },
    );
  }

  #tellClock(side: SoundSide, at: number): void {
    this.observer.report({ kind: "sound_clock", side, at: performance.timeOrigin + at });
  }

  #apply(): void {
    if (this.#session === null) return;
    const { muted, volume, halfDuplex } = this.#settings;
    this.#session.sender.gain.muted = muted;
    this.#session.receiver.gain.factor = volume;
    this.#session.halfDuplex.enabled = halfDuplex;
  }
}

async function opened(open: () => Promise<SoundDevice>): Promise<SoundDevice | DeviceFault> {
  try {
    return await open();
  } catch (error) {
    if (!(error instanceof DeviceError)) throw error;
    return error.fault;
  }
}
