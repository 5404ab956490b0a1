import { or } from "@optique/core/constructs";
import { command } from "@optique/core/primitives";
import { type Environment, type Exit, parseCommandLine } from "./command_line.ts";
import { DOCTOR, DOCTOR_COMMAND, type DoctorOptions, doctorParser } from "./doctor_options.ts";
import { parsePeerOptions, PEER, type PeerOptions } from "./peer_options.ts";

/** What the program `peer` is to do: talk, examine, or print something and end. */
export type PeerCommandLine =
  | { readonly kind: "run"; readonly options: PeerOptions }
  | { readonly kind: "doctor"; readonly options: DoctorOptions }
  | Exit;

/** The command line of the program `peer` with its command `doctor`. */
export function parsePeerCommandLine(
  args: readonly string[],
  environment: Environment,
): PeerCommandLine {
  const isDoctor = args[0] === DOCTOR_COMMAND;
  const own = isDoctor ? args.slice(1) : args;
  // A shell has one script for the program, with the command in it.
  if (own.some((word) => /^--completion(=|$)/.test(word))) return complete(own, environment);
  if (!isDoctor) return parsePeerOptions(args, environment);
  const parsed = parseCommandLine(DOCTOR, own, environment);
  return parsed.kind === "exit" ? parsed : { kind: "doctor", options: parsed.options };
}

function complete(args: readonly string[], environment: Environment): Exit {
  const parsed = parseCommandLine(
    {
      ...PEER,
      parser: (t, errors) =>
        or(command(DOCTOR_COMMAND, doctorParser(t, errors)), PEER.parser(t, errors)),
      finish: (_, t) => ({ language: t.language }),
    },
    args,
    environment,
  );
  if (parsed.kind === "exit") return parsed;
  throw new TypeError("a completion ends the program");
}
