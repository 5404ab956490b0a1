import { FRAME_MS, SAMPLE_RATE } from "../../media/frame.ts";

/** Bytes of a millisecond. */
const BYTES_PER_MS = 2 * SAMPLE_RATE / 1000;
/**
 * Milliseconds handed over while the device does not run: at the least; more than what the server
 * waits for; and more than it has taken over.
 */
const AT_REST = { least: 60, prebuffer: 20, waiting: 20 };
/** Time without anything taken over after which the device does not run. */
const RUNNING = 300;
/** Milliseconds that may wait between us and the server: what is more stays as a delay. */
const MOST_WAITING = 3 * FRAME_MS;
/**
 * Frames refused in a row after which the figures cannot be true: 2 s while the device runs, which
 * would have played all by then, and 10 s while it seems not to.
 */
const MOST_REFUSED = { running: 100, atRest: 500 };
/** Age of a report up to which time is taken to have gone on since, in milliseconds. */
const REPORT_LIFE = 150;
/** Milliseconds that should have been heard and were not there, from which the device is dry. */
const DRY = 10;
/** How fast a device is taken to have become quicker, in milliseconds a report. */
const LATENCY_DECAY = 0.5;

/**
 * How far `pacat` is with what it was given, from what `pacat --verbose` reports on its standard
 * error, in English, 20 times a second:
 *
 * ```text
 * Buffer metrics: maxlength=4194304, tlength=1440, prebuf=962, minreq=480
 * Stream started.
 * Time: 1.105 sec; Latency: 19128 usec.
 * ```
 *
 * *Time* is the sound that was heard, by the clock of the sound card; *latency* what the sound server
 * has and was not heard. What was handed over beyond both waits in the pipe. Times in milliseconds.
 */
export class PlaybackProgress {
  #written = 0;
  #refused = 0;
  #reliable = true;
  /** What the server is to have waiting, and what it waits for before it plays. */
  #wanted = 0;
  #prebuffer = 0;
  /** The last report: when, and what was heard and taken over by the server then. */
  #report: { readonly at: number; readonly heard: number; readonly taken: number } | null = null;
  /** When the server last took over something while it played, and so the device ran. */
  #ranAt = -Infinity;
  /** Latency of the device behind the server's buffer: it is always there, and no backlog. */
  #device = 0;

  /** Takes a line of `pacat`'s, and tells whether it was a report. */
  readonly line = (line: string, now: number): boolean => {
    const time = /^Time: (\d+\.\d+) sec; Latency: (\d+) usec\.$/.exec(line);
    if (time !== null) {
      this.#reported(Number(time[1]) * 1000, Number(time[2]) / 1000, now);
      return true;
    }
    if (line === "Stream started.") {
      this.#ranAt = now;
      this.#report ??= { at: now, heard: 0, taken: 0 };
      return true;
    }
    const buffer = /^Buffer metrics: .*\btlength=(\d+), prebuf=(\d+)/.exec(line);
    if (buffer === null) return false;
    this.#wanted = Number(buffer[1]) / BYTES_PER_MS;
    this.#prebuffer = Number(buffer[2]) / BYTES_PER_MS;
    return true;
  };

  /** Whether the next frame, so long, is to be handed over; if so, it counts as that. */
  takes(now: number, duration: number): boolean {
    if (this.#reliable && this.#isFull(now)) {
      // A server whose figures make no sense must not silence the call.
      const most = this.#runs(now) ? MOST_REFUSED.running : MOST_REFUSED.atRest;
      if (++this.#refused > most) this.#reliable = false;
      return false;
    }
    this.#refused = 0;
    this.#written += duration;
    return true;
  }

  /** A frame that had been taken was dropped before the program got it. */
  dropped(duration: number): void {
    this.#written -= duration;
  }

  /**
   * Sound that was handed over and not heard, without what the device itself always has; null
   * before anything is heard, and where the figures turned out to be wrong.
   */
  backlog(now: number): number | null {
    if (this.#report === null || this.#report.heard === 0 || !this.#reliable) return null;
    return Math.max(0, this.#left(now));
  }

  /**
   * Whether nothing waits: at the beginning, and when frames came too late. What is handed over then
   * is heard at once, and the next one is late again unless there is something before it.
   */
  isDry(now: number): boolean {
    if (this.#written === 0) return true;
    if (this.#report === null || this.#report.heard === 0 || !this.#reliable) return false;
    return this.#runs(now) ? this.#left(now) < -DRY : this.#written <= this.#report.taken;
  }

  /** What waits; negative by what was to be heard and was not there. */
  #left(now: number): number {
    return this.#written - this.#report!.heard - this.#since(now) - this.#device;
  }

  #isFull(now: number): boolean {
    const taken = this.#report?.taken ?? 0;
    if (now - this.#ranAt <= RUNNING) {
      return this.#written - taken - this.#since(now) > MOST_WAITING;
    }
    const most = Math.max(AT_REST.least, this.#prebuffer + AT_REST.prebuffer);
    return this.#written >= most && this.#written - taken >= AT_REST.waiting;
  }

  #runs(now: number): boolean {
    return now - this.#ranAt <= RUNNING;
  }

  /** What was probably heard, and as much taken over, since the last report. */
  #since(now: number): number {
    return this.#runs(now) ? Math.min(now - this.#report!.at, REPORT_LIFE) : 0;
  }

  #reported(heard: number, latency: number, now: number): void {
    const taken = heard + latency;
    if (heard > 0 && taken > (this.#report?.taken ?? 0)) this.#ranAt = now;
    this.#report = { at: now, heard, taken };
    this.#device = Math.max(0, latency - this.#wanted, this.#device - LATENCY_DECAY);
  }
}
