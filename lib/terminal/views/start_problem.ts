import { fileTrouble } from "../../base/file_trouble.ts";
import { LIMITS } from "../../base/limits.ts";
import type { Translator } from "../messages/catalogue.ts";
import type { Value } from "../messages/sentence.ts";
import { printable } from "../text/printable.ts";
import { fileReason } from "./file_reason.ts";
import { reasonText } from "./reason.ts";

/** A port that could not be opened, and the option that chooses another. */
export interface PortProblem {
  readonly error: unknown;
  readonly host: string;
  readonly port: number;
  readonly option:
    | "--chat-port"
    | "--registry-port"
    | "--listen"
    | "--call-port"
    | "--music-port"
    | "--metrics-port";
}

/** Options whose port is the first of several that are tried. */
const TRIED_ON: readonly string[] = ["--listen", "--call-port", "--music-port"];

/** Where macOS has a service of its own: the port of the registry. */
const AIRPLAY_PORT = 5000;
/** Every address of this machine: listening on it fails for its port alone. */
const ANY_ADDRESS = "0.0.0.0";

/** Why a port cannot be listened on and what to do, as one sentence. */
export function portProblem({ error, host, port, option }: PortProblem, say: Translator): string {
  if (error instanceof Deno.errors.AddrInUse) {
    if (TRIED_ON.includes(option)) {
      const last = Math.min(65535, port + LIMITS.portsTried - 1);
      return say("problem.ports_taken", { first: port, last, option });
    }
    return port === AIRPLAY_PORT && Deno.build.os === "darwin"
      ? say("problem.port_taken_airplay", { port, option })
      : say("problem.port_taken", { port, option });
  }
  if (error instanceof Deno.errors.NotCapable) {
    return say("problem.permission", { flag: "--allow-net" });
  }
  if (error instanceof Deno.errors.PermissionDenied) {
    return say("problem.port_forbidden", { port, option });
  }
  return say("problem.cannot_listen", {
    address: `${host.includes(":") ? `[${host}]` : host}:${port}`,
    reason: reasonText(words(error), say),
    // Not the port is wrong there but an address that this machine does not have.
    option: TRIED_ON.includes(option) || host === ANY_ADDRESS
      ? option
      : option === "--metrics-port"
      ? "--metrics-host"
      : "--host",
  });
}

/** Why a log file cannot be written and what to do, as one sentence. */
export function logProblem(error: unknown, file: string, say: Translator): string {
  return error instanceof Deno.errors.NotCapable
    ? say("problem.log_permission", { file, flag: "--allow-write" })
    : say("problem.log_file", { file, reason: logReason(error) });
}

/** That a log cannot be written any more, while the program goes on. */
export function logFailure(error: unknown, file: string, say: Translator): string {
  return say("log.failed", { file, reason: logReason(error) });
}

function logReason(error: unknown): Value {
  const trouble = fileTrouble(error);
  // A log is made where there is none: it is its folder that is not there.
  if (trouble !== null) return fileReason(trouble === "not_found" ? "no_folder" : trouble);
  return printable(words(error));
}

/** The system's own. */
function words(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
