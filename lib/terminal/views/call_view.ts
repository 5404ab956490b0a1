import type { IpPort } from "../../base/address.ts";
import type { CallerDoubt, CallStatus } from "../../call/status.ts";
import type { Translator } from "../messages/catalogue.ts";
import type { MessageKey } from "../messages/sentence.ts";
import { formatServerAddress } from "../options/server_address.ts";
import { clockTime } from "../text/clock_time.ts";
import { elapsedTime } from "../text/elapsed_time.ts";
import type { Painter } from "../text/painter.ts";
import { printable } from "../text/printable.ts";
import { caller, callerLabel } from "./call_name.ts";
import { callFailure, callRefusal } from "./call_failure.ts";
import { registryFault } from "./call_registry_fault.ts";
import { shown } from "./chat_view.ts";
import { reasonText } from "./reason.ts";
import { typedCommand } from "./typed_command.ts";

const DOUBTS: Readonly<Record<CallerDoubt, MessageKey & `call.unconfirmed.${string}`>> = {
  other_address: "call.unconfirmed.address",
  not_registered: "call.unconfirmed.unknown",
  no_answer: "call.unconfirmed.silent",
};

/** What the view knows besides the status. */
export interface CallViewContext {
  readonly say: Translator;
  readonly paint: Painter;
  /** `host:port` of the registry of calls. */
  readonly registry: string;
  /** Whether only one side can speak at a time. */
  readonly halfDuplex: boolean;
}

/** One status of a kind. */
type StatusOf<Kind extends CallStatus["kind"]> = CallStatus & { readonly kind: Kind };

/**
 * What a status of the machine of calls looks like: lines to print, none for what a person does not
 * care about. Everything that others sent goes through `printable`.
 *
 * @param at the time of the status in milliseconds since 1970
 */
export function callLines(status: CallStatus, context: CallViewContext, at: number): string[] {
  const { say, paint, registry } = context;
  const time = paint.dim(clockTime(at));
  switch (status.kind) {
    case "registered": {
      const address = addressText(status.address);
      return [
        status.again
          ? paint.good(say("call.registered.again", { address }))
          : paint.dim(say("call.registered", { address })),
      ];
    }
    case "name_refused":
      return [paint.error(say(status.held ? "call.name_lost" : "call.name_refused", {
        name: printable(status.name),
        fault: registryFault(status.fault, say),
      }))];
    case "registry_full":
      return [paint.warn(say("call.full"))];
    case "server_away":
      return [paint.warn(say(status.first ? "call.server_never" : "call.server_lost", {
        server: registry,
        reason: reasonText(status.reason, say),
      }))];
    case "who":
      return [say("call.who", {
        name: shown(status.name, paint),
        address: addressText(status.address),
        command: typedCommand("call", status.name),
      })];
    case "calling":
      return [paint.dim(say("call.calling", { name: printable(status.name) }))];
    case "inviting":
      return [say("call.inviting", {
        name: shown(status.name, paint),
        address: addressText(status.address),
      })];
    case "invited":
      return [`${time} ${
        paint.bold(say("call.invited", {
          name: shown(status.name, paint),
          address: addressText(status.from),
        }))
      }`];
    case "caller_checked":
      if (status.doubt === null) return [];
      return [
        paint.warn(say(DOUBTS[status.doubt], { name: callerLabel(status.name, false, paint) })),
      ];
    case "connected":
      return [connected(status, context)];
    case "call_failed":
      return callFailure(status.why, status.name, context);
    case "rejected":
      return [say("call.rejected", { name: caller(status.name, status.confirmed, paint) })];
    case "missed":
      return [`${time} ${paint.warn(missed(status, context))}`];
    case "ended":
      return [ended(status, context)];
    case "refused":
      return [paint.warn(callRefusal(status.refusal, say))];
    case "remote_error":
    case "left":
      return [];
  }
}

function addressText({ ip, port }: IpPort): string {
  return printable(formatServerAddress({ host: ip, chatPort: port }));
}

function missed(
  { name, confirmed }: StatusOf<"missed">,
  { say, paint }: CallViewContext,
): string {
  const values = { name: callerLabel(name, confirmed, paint) };
  // The command would call whoever really has the name.
  if (!confirmed) return say("call.missed_stranger", values);
  return say("call.missed", { ...values, command: typedCommand("call", name) });
}

function connected(
  { name, confirmed, codec, outbound, crossing }: StatusOf<"connected">,
  { say, paint, halfDuplex }: CallViewContext,
): string {
  const values = {
    name: caller(name, confirmed, paint),
    codec,
    duplex: say(halfDuplex ? "call.duplex.half" : "call.duplex.full"),
  };
  if (crossing) return paint.good(say("call.connected.crossing", values));
  return paint.good(say(outbound ? "call.connected.outbound" : "call.connected.inbound", values));
}

function ended(
  { name, confirmed, why, duration }: StatusOf<"ended">,
  { say, paint }: CallViewContext,
): string {
  const time = elapsedTime(duration);
  switch (why) {
    case "hung_up":
      return say("call.ended.by_you", { name: caller(name, confirmed, paint), time });
    case "their_hang_up":
      return say("call.ended.by_other", { name: caller(name, confirmed, paint), time });
    case "lost": {
      const values = { name: callerLabel(name, confirmed, paint), time };
      // The command would call whoever really has the name.
      return paint.warn(
        confirmed
          ? say("call.ended.lost", { ...values, command: typedCommand("call", name) })
          : say("call.ended.lost_stranger", values),
      );
    }
  }
}
