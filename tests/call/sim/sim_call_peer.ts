import assert from "node:assert/strict";
import type { IpPort } from "../../../lib/base/address.ts";
import type { LinkEffect } from "../../../lib/base/link.ts";
import { seededRandom } from "../../../lib/base/random.ts";
import { CallPeer } from "../../../lib/call/call_peer.ts";
import type { CallCommand, CallEffect, CallInput } from "../../../lib/call/contract.ts";
import type { CallStatus } from "../../../lib/call/status.ts";
import { CODECS } from "../../../lib/protocol/call.ts";
import type { Host } from "../../sim/host.ts";
import { isCallStatus } from "../lone_call_peer.ts";
import { type CallWorld, REGISTRY } from "./call_world.ts";

type Task = Exclude<CallEffect, LinkEffect>;

/** Time between two packets of sound. */
const PACKET_TIME = 20;
const RTP = Uint8Array.of(0x80, 111, 0, 1);

/** One peer of calls at its host, with sound as packets, and all that its person would have seen. */
export class SimCallPeer {
  readonly machine: CallPeer;
  readonly host: Host<CallInput, Task>;
  /** What it told, in order. */
  readonly told: CallStatus[] = [];
  /** Packets of sound that came through. */
  heard = 0;
  /** Where its sound goes, while it is in a call. */
  talksTo: IpPort | null = null;
  /** What the person does as soon as somebody calls. */
  whenInvited: "accept" | "reject" | "nothing" = "nothing";
  #talk = 0;

  constructor(readonly world: CallWorld, readonly at: IpPort, readonly name: string) {
    const random = seededRandom(at.ip.length * 7919 + Number(at.ip.split(".")[3]));
    this.machine = new CallPeer({
      server: { host: REGISTRY.ip, port: REGISTRY.port },
      name,
      ip: at.ip,
      port: at.port,
      codecs: CODECS,
      random,
      newCallId: () => Math.floor(world.network.random() * 2 ** 52).toString(36),
    });
    this.host = world.network.start<CallInput, Task>({
      ...at,
      machine: this.machine,
      carryOut: (task) => this.#carryOut(task),
    });
    world.datagrams.bind(at, (from, bytes) => {
      this.host.feed({ kind: "datagram", from, bytes });
    });
    this.host.feed({ kind: "start" });
  }

  does(command: CallCommand): void {
    this.host.feed({ kind: "command", command });
  }

  calls(name: string): void {
    this.does({ kind: "call", name });
  }

  /** What it told of one kind, in order. */
  all<Kind extends CallStatus["kind"]>(kind: Kind): Extract<CallStatus, { kind: Kind }>[] {
    return this.told.filter((status) => status.kind === kind) as Extract<
      CallStatus,
      { kind: Kind }
    >[];
  }

  /** The computer is gone; nobody is told. */
  vanish(): void {
    this.talksTo = null;
    this.host.stop("silent");
    this.world.datagrams.unbind(this.at);
  }

  #carryOut(task: Task): void {
    switch (task.kind) {
      case "send_datagram":
        return this.world.send(this.at, task.to, task.bytes);
      case "media_start":
        assert.equal(this.talksTo, null, "two calls at once");
        this.talksTo = task.to;
        return this.#speak(++this.#talk);
      case "media_stop":
        assert.notEqual(this.talksTo, null, "no call to stop");
        this.talksTo = null;
        return;
      case "media_packet":
        assert.notEqual(this.talksTo, null, "sound without a call");
        this.heard += 1;
        return;
    }
    assert.ok(isCallStatus(task));
    this.told.push(task);
    if (task.kind === "invited" && this.whenInvited !== "nothing") {
      this.host.feed({ kind: "command", command: { kind: this.whenInvited } });
    }
  }

  #speak(talk: number): void {
    if (this.talksTo === null || talk !== this.#talk) return;
    this.world.send(this.at, this.talksTo, RTP);
    this.world.network.timeline.after(PACKET_TIME, () => this.#speak(talk));
  }
}

/** Whether two peers are in one call with each other, and both hear the other. */
export function talking(one: SimCallPeer, two: SimCallPeer): boolean {
  return one.machine.phone === "connected" && two.machine.phone === "connected" &&
    one.machine.partner === two.name && two.machine.partner === one.name;
}

/** The invariant: whatever has happened, each can call the other, who answers, and they talk. */
export function assertCallable(world: CallWorld, one: SimCallPeer, two: SimCallPeer): void {
  world.loses = () => false;
  for (const [caller, callee] of [[one, two], [two, one]] as const) {
    world.until(() =>
      [caller, callee].every(({ machine }) =>
        machine.phone === "idle" && machine.registry === "registered"
      )
    );
    callee.whenInvited = "accept";
    const [before, heardBefore] = [callee.heard, caller.heard];
    caller.calls(callee.name);
    world.until(() => talking(caller, callee), 10_000);
    world.run(500);
    assert.ok(callee.heard > before && caller.heard > heardBefore, "they do not hear each other");
    caller.does({ kind: "hangup" });
    world.until(() => callee.machine.phone === "idle", 10_000);
    world.run(1000);
  }
}
