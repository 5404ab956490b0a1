import type { ChatStatus, Doubt, Partner, Refusal } from "../../chat/status.ts";
import type { Translator } from "../messages/catalogue.ts";
import type { MessageKey } from "../messages/sentence.ts";
import { clockTime } from "../text/clock_time.ts";
import type { Painter } from "../text/painter.ts";
import { printable } from "../text/printable.ts";
import { typedCommand } from "./typed_command.ts";

const DOUBTS: Readonly<Record<Doubt, MessageKey & `chat.unverified.${string}`>> = {
  other_address: "chat.unverified.address",
  not_active: "chat.unverified.unknown",
  no_answer: "chat.unverified.silent",
};

/** The reason of a server that is there and does not say what a server says. */
const NO_ANSWER = "no answer";

/** What the view knows besides the status. */
export interface ChatViewContext {
  readonly say: Translator;
  readonly paint: Painter;
  /** `host:port` of the server. */
  readonly server: string;
}

/**
 * What a status of the chat machine looks like: lines to print, none for what a person does not
 * care about. Everything that others sent goes through `printable`.
 *
 * @param at the time of the status in milliseconds since 1970
 */
export function chatLines(status: ChatStatus, context: ChatViewContext, at: number): string[] {
  const { say, paint } = context;
  switch (status.kind) {
    case "registered":
      return status.again ? [paint.good(say("link.back", { name: status.name }))] : [];
    case "name_refused":
      return [paint.error(say(status.held ? "link.name_lost" : "link.name_taken", {
        name: status.name,
      }))];
    case "server_away":
      return [paint.warn(away(status, context))];
    case "users":
      return [
        status.names.length === 0
          ? say("chat.users.none")
          : say("chat.users", { names: status.names.map((name) => shown(name, paint)).join(", ") }),
      ];
    case "calling":
      return [paint.dim(say("chat.calling", { name: printable(status.name) }))];
    case "opened":
      return opened(status.partner, status.doubt, context);
    case "closed":
      return [
        ended(status, context),
        ...status.unheard === true ? [context.paint.warn(context.say("chat.ended.unheard"))] : [],
      ];
    case "message":
      return [
        `${paint.dim(clockTime(at))} ${tag(status.partner, context)}: ${printable(status.text)}`,
      ];
    case "sent":
      return status.parts > 1 ? [paint.dim(say.count("chat.split", status.parts))] : [];
    case "not_sent":
      return [paint.error(say("chat.not_sent", {
        name: printable(status.name),
        text: printable(status.text),
      }))];
    case "switched":
      return [say("chat.switched", { name: label(status.partner, paint) })];
    case "conversations":
      return conversations(status, context);
    case "refused":
      return [paint.warn(refusal(status.refusal, say))];
    case "remote_error":
    case "left":
      return [];
  }
}

function away(
  { first, reason }: ChatStatus & { readonly kind: "server_away" },
  { say, server }: ChatViewContext,
): string {
  if (!first) return say("link.lost");
  return say(reason === NO_ANSWER ? "link.foreign" : "link.unreachable", { server });
}

/** A name to show, in its own colour. */
export function shown(name: string, paint: Painter): string {
  return paint.name(printable(name), name);
}

/** A name in a sentence that has a colour already. */
export function uncoloured(name: string, paint: Painter): string {
  return paint.mark(name) + printable(name);
}

function opened(partner: Partner, doubt: Doubt | null, { say, paint }: ChatViewContext): string[] {
  const connected = paint.good(say("chat.connected", { name: label(partner, paint) }));
  if (doubt === null) return [`${connected} ${paint.dim(`(${say("chat.mark.verified")})`)}`];
  return [connected, paint.warn(say(DOUBTS[doubt], { name: uncoloured(partner.name, paint) }))];
}

function ended(
  { partner, ending }: ChatStatus & { readonly kind: "closed" },
  { say, paint }: ChatViewContext,
): string {
  const name = label(partner, paint);
  switch (ending) {
    case "bye":
      return say("chat.ended.by_you", { name });
    case "their_bye":
      return say("chat.ended.by_other", { name });
    case "lost":
      // The command would call whoever really has the name.
      if (!partner.verified) return paint.warn(say("chat.ended.lost_stranger", { name }));
      return paint.warn(
        say("chat.ended.lost", { name, command: typedCommand("chat", partner.name) }),
      );
    case "not_reading":
      return paint.warn(say("chat.ended.not_reading", { name }));
    case "line_too_long":
      return paint.warn(say("chat.ended.too_long", { name }));
  }
}

function conversations(
  { partners, active }: ChatStatus & { readonly kind: "conversations" },
  { say, paint }: ChatViewContext,
): string[] {
  if (partners.length === 0) return [say("chat.peers.none")];
  return [
    say.count("chat.peers", partners.length),
    ...partners.map((partner) => {
      const marks = [
        say(partner.verified ? "chat.mark.verified" : "chat.mark.unverified"),
        ...partner.label === active?.label ? [say("chat.mark.active")] : [],
      ];
      return `  ${label(partner, paint)} ${paint.dim(`(${marks.join(", ")})`)}`;
    }),
  ];
}

function refusal(why: Refusal, say: Translator): string {
  switch (why.why) {
    case "none_active":
      return why.open.length === 0
        ? say("chat.none_active")
        : say("chat.none_active.others", { names: why.open.map(printable).join(", ") });
    case "no_conversation":
      return say("chat.not_open", {
        name: printable(why.name),
        command: typedCommand("chat", why.name),
      });
    case "not_active":
      return say("chat.not_active", { name: printable(why.name) });
    case "unreachable":
      return say("chat.unreachable", {
        name: printable(why.name),
        command: typedCommand("chat", why.name),
      });
    case "self":
      return say("chat.self", { name: printable(why.name) });
    case "no_server":
      return say("link.absent");
    case "too_many":
      return say("chat.too_many", { count: why.limit });
  }
}

/** Who sent a message: marked for as long as the server has not confirmed the name. */
function tag(partner: Partner, { say, paint }: ChatViewContext): string {
  return partner.verified
    ? label(partner, paint)
    : `${label(partner, paint)} ${paint.warn(`(${say("chat.mark.unverified")})`)}`;
}

/** Who a conversation is with, as it is typed: with a `?` where nobody confirmed the name. */
export function label(partner: Pick<Partner, "label" | "name">, paint: Painter): string {
  return paint.name(printable(partner.label), partner.name);
}
