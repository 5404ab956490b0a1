import type { Place, Registration } from "../../directory/store.ts";

/** Before every key of the directory, so that it can share a Redis with others. */
const PREFIX = "prosa:1:";
const ROW = `${PREFIX}row:`;

/** Names in Redis that are no rows. */
export const REDIS_NAMES = {
  /** The channel of changes. */
  changes: `${PREFIX}changes`,
  /** Counts claims, for their order. */
  order: `${PREFIX}order`,
  /** What the keys of rows look like, as a pattern. */
  rows: `${ROW}*`,
} as const;

/** A row as Redis has it; `left` is its lease in milliseconds. */
export interface RedisRow {
  readonly key: string;
  readonly owner: string;
  readonly holder: string;
  readonly payload: string;
  readonly order: number;
  readonly left: number;
}

/** A change that some server made, see `redis_scripts.ts`. */
export type RedisChange =
  | { readonly kind: "put"; readonly token: string; readonly row: RedisRow }
  | {
    readonly kind: "renewed";
    readonly token: string;
    readonly leases: readonly (readonly [key: string, left: number])[];
  }
  | { readonly kind: "removed"; readonly token: string; readonly key: string };

/** The key of a place. */
export function keyOf({ service, group, id }: Place): string {
  return ROW + JSON.stringify([service, group, id]);
}

/** The place of a key that {@link keyOf} made. */
export function placeOfKey(key: string): Place {
  const [service, group, id] = JSON.parse(key.slice(ROW.length)) as [string, string, string];
  return { service, group, id };
}

/** A row as a registration that ends at `expiresAt`. */
export function registrationOf(row: RedisRow, expiresAt: number): Registration {
  const { owner, holder, payload } = row;
  return { ...placeOfKey(row.key), owner, holder, payload: JSON.parse(payload), expiresAt };
}

/** Reads a message of the channel of changes; null for what no server of this version published. */
export function parseChange(text: string): RedisChange | null {
  try {
    const [kind, token, ...rest] = JSON.parse(text);
    switch (kind) {
      case "put": {
        const [key, order, left, owner, holder, payload] = rest;
        const row: RedisRow = { key, owner, holder, payload, order, left };
        return isRow(row) ? { kind, token, row } : null;
      }
      case "renewed": {
        const [flat] = rest as [(string | number)[]];
        const leases: [string, number][] = [];
        for (let i = 0; i + 1 < flat.length; i += 2) {
          leases.push([flat[i] as string, flat[i + 1] as number]);
        }
        return { kind, token, leases: leases.filter(([key, left]) => isKey(key) && isTime(left)) };
      }
      case "removed":
        return isKey(rest[0]) ? { kind, token, key: rest[0] } : null;
      default:
        return null;
    }
  } catch {
    return null;
  }
}

/** Whether a row read from Redis is one that a server wrote. */
export function isRow({ key, owner, holder, payload, order, left }: RedisRow): boolean {
  const texts = [owner, holder, payload].every((text) => typeof text === "string");
  return texts && isKey(key) && isTime(left) && isTime(order) && isJson(payload);
}

function isKey(key: unknown): key is string {
  if (typeof key !== "string" || !key.startsWith(ROW)) return false;
  try {
    const parts = JSON.parse(key.slice(ROW.length));
    return Array.isArray(parts) && parts.length === 3 &&
      parts.every((part) => typeof part === "string");
  } catch {
    return false;
  }
}

function isTime(value: unknown): boolean {
  return typeof value === "number" && Number.isFinite(value);
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
