import type { CannotTell, Finding, PeerPort } from "../../doctor/findings.ts";
import type { Translator } from "../messages/catalogue.ts";
import { duration } from "../views/duration.ts";
import type { Note } from "./note.ts";
import { portName, portOption, useOf } from "./own_port.ts";

type ReachFinding = Finding & { readonly kind: "reach" };

/** The port in an example, where the person has chosen none. */
const EXAMPLE_PORT = 45_000;

/** How the server sees us. */
export function seenNote(
  { observedIp, localIp }: Finding & { readonly kind: "seen" },
  say: Translator,
): Note {
  return observedIp === localIp ? { text: say("doctor.seen", { ip: observedIp }) } : {
    text: say("doctor.seen.nat", { observed: observedIp, local: localIp }),
    toDo: say("doctor.seen.to_do"),
  };
}

/** That nobody outside can be asked. */
export function outsideNote(
  { why }: Finding & { readonly kind: "outside" },
  say: Translator,
): Note {
  return { text: say("doctor.outside"), toDo: cannotTell(why, portOption("listen"), say) };
}

/** Whether a port of ours is reached from outside. */
export function reachNote(finding: ReachFinding, say: Translator): Note {
  const { which, result } = finding;
  const values = { use: useOf(which, say), port: portName(which, finding.port) };
  switch (result) {
    case "reached":
      return { text: say("doctor.reach.reached", values) };
    case "no_answer":
      return { text: say("doctor.reach.no_answer", values), toDo: letIn(finding, say) };
    case "refused":
      return { text: say("doctor.reach.refused", values), toDo: letIn(finding, say) };
    case "another_machine":
      return { text: say("doctor.reach.another", values), toDo: letIn(finding, say) };
    default:
      return {
        text: say("doctor.reach.unknown", values),
        toDo: cannotTell(result, portOption(which), say),
      };
  }
}

/** How the clocks differ. */
export function clockNote(
  { estimate }: Finding & { readonly kind: "clock" },
  worrying: boolean,
  say: Translator,
): Note {
  const { ahead } = estimate;
  // The server tells whole milliseconds.
  const most = Math.max(1, estimate.uncertainty);
  const uncertainty = duration(most, say);
  if (Math.abs(ahead) <= most) return { text: say("doctor.clock", { uncertainty }) };
  const values = { difference: duration(Math.abs(ahead), say), uncertainty };
  // Where the server is ahead, this machine is behind.
  const text = say(ahead > 0 ? "doctor.clock.behind" : "doctor.clock.ahead", values);
  return worrying ? { text, toDo: say("doctor.clock.to_do") } : { text };
}

function letIn({ which, port, behindNat, lasting }: ReachFinding, say: Translator): string {
  const loss = lossOf(which, say);
  if (!lasting) {
    return say("doctor.reach.lasting", { option: portOption(which), port: EXAMPLE_PORT, loss });
  }
  const name = portName(which, port);
  const until = say(behindNat ? "doctor.reach.router" : "doctor.reach.firewall", { port: name });
  return say("doctor.reach.to_do", { until, loss });
}

function lossOf(which: PeerPort, say: Translator): string {
  switch (which) {
    case "listen":
      return say("doctor.reach.loss.listen");
    case "call":
      return say("doctor.reach.loss.call");
    case "music":
      return say("doctor.reach.loss.music");
  }
}

function cannotTell(why: CannotTell, option: string, say: Translator): string {
  switch (why) {
    case "same_machine":
      return say("doctor.outside.same_machine");
    case "unknown_request":
      return say("doctor.outside.unknown_request");
    case "busy":
      return say("doctor.outside.busy");
    case "no_server":
      return say("doctor.outside.no_server");
    case "low_port":
      return say("doctor.outside.low_port", { option });
  }
}
