import { formatIpPort, type IpPort } from "../../lib/base/address.ts";
import type { Random } from "../../lib/base/random.ts";
import { DatagramPath, type DatagramPlan } from "./datagram_path.ts";
import type { Timeline } from "./timeline.ts";

/** Gets a datagram. The bytes are its own. */
export type ReceiveDatagram = (from: IpPort, bytes: Uint8Array, now: number) => void;

/** Datagrams in virtual time: sockets at addresses, and a path for each direction between hosts. */
export class Datagrams {
  readonly #sockets = new Map<string, ReceiveDatagram>();
  readonly #paths = new Map<string, DatagramPath>();

  /** @param plan the path from one ip to another */
  constructor(
    readonly timeline: Timeline,
    readonly random: Random,
    readonly plan: (fromIp: string, toIp: string) => DatagramPlan,
  ) {}

  /** Opens a socket at an address that is free. */
  bind(at: IpPort, receive: ReceiveDatagram): void {
    const key = formatIpPort(at);
    if (this.#sockets.has(key)) throw new Error(`${key} is taken`);
    this.#sockets.set(key, receive);
  }

  /** Closes a socket; what is on its way to it is lost. */
  unbind(at: IpPort): void {
    this.#sockets.delete(formatIpPort(at));
  }

  /** Sends a copy of `bytes`. Nobody is told whether it arrives. */
  send(from: IpPort, to: IpPort, bytes: Uint8Array): void {
    const copy = bytes.slice();
    const key = formatIpPort(to);
    for (const at of this.path(from.ip, to.ip).transit(this.timeline.now, copy.length)) {
      const deliver = (now: number) => this.#sockets.get(key)?.(from, copy.slice(), now);
      this.timeline.at(at, { fire: deliver });
    }
  }

  /** The path from one ip to another, with its counts. */
  path(fromIp: string, toIp: string): DatagramPath {
    const key = `${fromIp} ${toIp}`;
    let path = this.#paths.get(key);
    if (path === undefined) {
      path = new DatagramPath(this.plan(fromIp, toIp), this.random);
      this.#paths.set(key, path);
    }
    return path;
  }
}
