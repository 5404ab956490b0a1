import { seededRandom } from "../../../lib/base/random.ts";
import { HOUR, SECOND } from "../../../lib/base/units.ts";
import { formatReply } from "../../../lib/protocol/chat.ts";
import { formatPeers, formatRegistered } from "../../../lib/protocol/rendezvous.ts";
import type { ReplySize } from "../baselines/reply_sizes.ts";

/** Requests of one kind, all equally long, and how long each reply is. */
export interface Requests {
  readonly requests: readonly Uint8Array[];
  readonly size: ReplySize;
}

/** Looked-up names before they come again. */
const LOOKUPS = 4096;
const NAMESPACES = 50;
const PEERS_EACH = 4;
const TTL = 2 * HOUR / SECOND;
const IP = "127.0.0.1";
/** Like any port that Linux gives to a connection, it has five digits. */
const ANY_PORT = 40_000;
const encoder = new TextEncoder();

/** The name of a connection. All names and ports are equally long, and so are all replies. */
function userName(index: number): string {
  return `u${String(index).padStart(5, "0")}`;
}

function userPort(index: number): number {
  return 20_000 + index;
}

/** The `USER` of each of `count` connections, with the request that shows it was taken. */
export function registrations(count: number): Uint8Array[] {
  return Array.from({ length: count }, (_, index) => {
    const name = userName(index);
    return encoder.encode(`USER ${name}:${userPort(index)}\r\nADDR ${name}\r\n`);
  });
}

/** `ADDR` of names that are active, chosen at random. */
export function lookups(users: number): Requests {
  const random = seededRandom(users);
  const requests = Array.from(
    { length: LOOKUPS },
    () => encoder.encode(`ADDR ${userName(Math.floor(random() * users))}\r\n`),
  );
  const reply = formatReply({ kind: "ADDR", address: { ip: IP, port: userPort(0) } });
  return { requests, size: sizeOf(requests[0]!, `${reply}\r\n`) };
}

/** `LIST`, which names everyone but the one who asks. */
export function lists(users: number): Requests {
  const names = Array.from({ length: users - 1 }, (_, index) => userName(index));
  const request = encoder.encode("LIST\r\n");
  return {
    requests: [request],
    size: sizeOf(request, `${formatReply({ kind: "LIST", names })}\r\n`),
  };
}

/** `REGISTER` of every peer, each with its name, which renews it when it comes again. */
export function registers(): Requests {
  const requests = Array.from({ length: NAMESPACES * PEERS_EACH }, (_, index) =>
    jsonLine({
      type: "REGISTER",
      namespace: namespaceName(index % NAMESPACES),
      name: userName(index),
      port: userPort(index),
      ttl: TTL,
    }));
  return { requests, size: sizeOf(requests[0]!, `${formatRegistered(TTL, IP, ANY_PORT)}\n`) };
}

/** `DISCOVER` of every namespace, each with a few peers. */
export function discovers(): Requests {
  const requests = Array.from(
    { length: NAMESPACES },
    (_, index) => jsonLine({ type: "DISCOVER", namespace: namespaceName(index) }),
  );
  const peer = {
    ip: IP,
    port: userPort(0),
    name: userName(0),
    namespace: namespaceName(0),
    ttl: TTL,
    expires_in: TTL - 1,
    observed_ip: IP,
    observed_port: ANY_PORT,
  };
  const reply = formatPeers(Array.from({ length: PEERS_EACH }, () => peer));
  return { requests, size: sizeOf(requests[0]!, `${reply}\n`) };
}

/** Two kinds of requests, one after the other. */
export function alternately(first: Requests, second: Requests): Uint8Array[] {
  const length = Math.max(first.requests.length, second.requests.length);
  return Array.from(
    { length },
    (_, index) => [first, second].map(({ requests }) => requests[index % requests.length]!),
  ).flat();
}

function namespaceName(index: number): string {
  return `room${String(index).padStart(2, "0")}`;
}

function jsonLine(object: unknown): Uint8Array {
  return encoder.encode(`${JSON.stringify(object)}\n`);
}

function sizeOf(request: Uint8Array, reply: string): ReplySize {
  return { request: request.length, reply: encoder.encode(reply).length };
}
