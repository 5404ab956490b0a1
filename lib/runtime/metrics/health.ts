import type { Port } from "../server.ts";

/** What `/health` says; its keys are what an operator's checks read. */
export interface Health {
  readonly status: "ok" | "degraded";
  readonly store: "ok" | "failed";
  readonly uptime_seconds: number;
  readonly connections: Readonly<Record<Port, number>>;
}
