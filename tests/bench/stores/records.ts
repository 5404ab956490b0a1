import { HOUR } from "../../../lib/base/units.ts";
import type { Registration } from "../../../lib/directory/store.ts";

/** Members of a namespace: a class. */
const GROUP = 30;

/** The service of namespaces, which every store keeps. */
export const SERVICE = "rendezvous";
/** A lease that does not end while anything is measured, in milliseconds. */
export const LEASE = 2 * HOUR;

/** A registration whose lease is yet to be said. */
export type Entry = Omit<Registration, "expiresAt">;

/** `count` registrations like those of rendezvous, each of an owner of its own. */
export function entries(count: number): Entry[] {
  return Array.from({ length: count }, (_, index) => {
    const ip = `10.0.${index >> 8}.${index & 255}`;
    return {
      service: SERVICE,
      group: `room${Math.floor(index / GROUP)}`,
      id: `${ip}:20000`,
      owner: ip,
      holder: `bench/${index}`,
      payload: { ip, port: 20_000, name: `u${index}`, ttl: LEASE / 1000 },
    };
  });
}
