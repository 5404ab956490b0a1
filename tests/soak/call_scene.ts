import type { CallCommand } from "../../lib/call/contract.ts";
import type { CallStatus } from "../../lib/call/status.ts";
import type { MediaStatus } from "../../lib/media/media_session.ts";
import type { SoundCommand, SoundReport } from "../../lib/media/sound_status.ts";
import { pause, someTime } from "./chance.ts";
import { Inbox } from "./inbox.ts";
import { fault, PATIENCE, retryName, somebodyElse, type Stage } from "./world.ts";

/** Who is called says no, or does not hear it: parts of all calls. */
const REJECTED = 0.1;
const UNHEARD = 0.1;
/** Packets of sound after which a call is one. */
const HEARD = 10;
/** Between two looks at whether they have come, in milliseconds. */
const LOOK = 100;

/** What a telephone takes. */
export interface Telephone {
  submit(command: CallCommand): void;
  sound(command: SoundCommand): void;
}

/** A person at the telephone: calls, picks up, talks in tones, hangs up. */
export class CallScene {
  readonly #inbox = new Inbox<CallStatus>();
  #stats: MediaStatus | null = null;
  #connected = false;
  #calling = false;

  /** @param gone says that the person is not here any more */
  constructor(
    readonly stage: Stage,
    readonly telephone: Telephone,
    readonly gone: AbortSignal,
  ) {}

  /** Takes what the telephone tells. */
  take(status: CallStatus): void {
    const { tally } = this.stage.world;
    this.#inbox.take(status);
    switch (status.kind) {
      case "invited":
        tally.add("calls: rung");
        this.#pickUp(status.name).catch((error) => fault(this.stage, `calls: ${error}`));
        return;
      case "connected":
        this.#connected = true;
        return tally.add("calls: sides connected");
      case "ended":
        this.#connected = false;
        return tally.add(`calls: ended, ${status.why}`);
      case "call_failed":
        return tally.add(`calls: failed, ${status.why}`);
      case "refused":
        return tally.add(`calls: refused, ${status.refusal.why}`);
      case "missed":
      case "rejected":
        return tally.add(`calls: ${status.kind}`);
      case "remote_error":
        return fault(this.stage, `calls: remote error ${status.code}`);
      case "server_away":
        return tally.add("calls: server away");
      case "name_refused": {
        tally.add("calls: name refused");
        const { name } = this.stage;
        return retryName(this.gone, () => this.telephone.submit({ kind: "rename", name }));
      }
    }
  }

  /** Takes what is told of sound. */
  takeSound(report: SoundReport): void {
    if (report.kind === "stats") this.#stats = report.status;
    else if (report.kind === "device_lost") fault(this.stage, "calls: device lost");
  }

  /** Whether there is a call. */
  get connected(): boolean {
    return this.#connected;
  }

  /** Whether somebody is being called. */
  get calling(): boolean {
    return this.#calling;
  }

  /** One call to somebody, to its end. */
  async act(signal: AbortSignal): Promise<void> {
    const { tally } = this.stage.world;
    if (this.#connected) return;
    const answer = this.#inbox.next(
      ({ kind }) => kind === "connected" || kind === "call_failed" || kind === "refused",
      PATIENCE,
      signal,
    );
    tally.add("calls: made");
    this.#calling = true;
    this.telephone.submit({ kind: "call", name: somebodyElse(this.stage) });
    const came = await answer;
    if (came !== null) this.#calling = false;
    if (came?.kind === "connected") {
      tally.add("calls: answered");
      return await this.#talk(signal);
    }
    if (came !== null) return tally.add("calls: came to nothing");
    tally.add("calls: given up by leaving");
    if (!signal.aborted) fault(this.stage, "calls: nothing came of a call");
  }

  /** Counts the packets of a call that goes on, before it is left. */
  farewell(): void {
    this.#countPackets();
  }

  async #talk(signal: AbortSignal): Promise<void> {
    const { random, world } = this.stage;
    const ended = this.#inbox.next(({ kind }) => kind === "ended", 2 * PATIENCE, signal);
    await pause(someTime(world.plan.pace.talk, random), signal);
    const deadline = performance.now() + PATIENCE;
    while (this.#connected && !signal.aborted && this.#heard() < HEARD) {
      if (performance.now() > deadline) {
        fault(this.stage, "calls: no sound");
        break;
      }
      await pause(LOOK, signal);
    }
    if (signal.aborted) return;
    this.#countPackets();
    if (this.#connected) this.telephone.submit({ kind: "hangup" });
    if (await ended === null && !signal.aborted) fault(this.stage, "calls: a call does not end");
  }

  #heard(): number {
    this.telephone.sound({ kind: "stats" });
    return this.#stats?.received.packets ?? 0;
  }

  #countPackets(): void {
    const { tally } = this.stage.world;
    this.#heard();
    tally.add("calls: packets sent by callers", this.#stats?.packetsOut ?? 0);
    tally.add("calls: packets heard by callers", this.#stats?.received.packets ?? 0);
  }

  async #pickUp(name: string): Promise<void> {
    const { random, world } = this.stage;
    const chance = random();
    if (chance < UNHEARD) return;
    const over = this.#inbox.next(
      (status) =>
        status.kind === "missed" || status.kind === "connected" || status.kind === "rejected",
      PATIENCE,
      this.gone,
    );
    const ringing = new AbortController();
    over.then(() => ringing.abort());
    await pause(someTime(world.plan.pace.ringing, random), ringing.signal);
    if (ringing.signal.aborted || this.gone.aborted) return;
    if (chance < UNHEARD + REJECTED) this.telephone.submit({ kind: "reject" });
    else this.telephone.submit({ kind: "accept" });
    if (await over === null && !this.gone.aborted) {
      fault(this.stage, `calls: the call of ${name} is neither taken nor over`);
    }
  }
}
