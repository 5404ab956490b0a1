import type { Painter } from "./text/painter.ts";
import { printable } from "./text/printable.ts";
import { cutToWidth } from "./text/width.ts";
import { clockTime } from "./text/clock_time.ts";
import type { Translator } from "./messages/catalogue.ts";
import { protocolLine, who } from "./views/protocol_line.ts";

/** One message of calls or of their registry, and who it came from or went to. */
export interface PeerMessage {
  readonly direction: "in" | "out";
  /** The other side's name, or null where it has none or it is not known. */
  readonly name: string | null;
  readonly ip: string;
  readonly port: number;
  /** The message without a terminator. */
  readonly text: string | Uint8Array;
}

/** Remotes whose last message is remembered, each way: more than one talks to at a time. */
const REMEMBERED = 64;
/** Columns of a message's type, which others choose. */
const TYPE_COLUMNS = 40;

const decoder = new TextDecoder();

/**
 * Shows the messages of calls as they pass, for as long as that is wanted. UDP loses, so messages
 * are sent again and again: one that is exactly the one before it, to or from the same remote, is
 * shown by its type alone, with how often it has come.
 */
export class MessageTrace {
  readonly #last = new Map<string, { readonly text: string; times: number }>();

  /** Whether messages are shown. */
  on: boolean;

  constructor(
    readonly options: { readonly say: Translator; readonly paint: Painter; readonly on: boolean },
  ) {
    this.on = options.on;
  }

  /**
   * The line of a message, or none.
   *
   * @param at the time of the message in milliseconds since 1970
   */
  lines(message: PeerMessage, at: number): string[] {
    if (!this.on) return [];
    const { say, paint } = this.options;
    const text = typeof message.text === "string" ? message.text : decoder.decode(message.text);
    const times = this.#count(message, text);
    const { direction } = message;
    if (times === 1) return [protocolLine({ direction, who: who(message), text }, at, paint)];
    const arrow = direction === "in" ? paint.good("←") : paint.warn("→");
    const again = paint.dim(`(${say("call.again", { count: times })})`);
    return [
      `${paint.dim(clockTime(at))} ${arrow} ${paint.dim(printable(who(message)))}  ${
        typeOf(text)
      } ${again}`,
    ];
  }

  /** How often this message has now passed without another in between. */
  #count({ direction, ip, port }: PeerMessage, text: string): number {
    const remote = `${direction} ${ip} ${port}`;
    const last = this.#last.get(remote);
    const times = last?.text === text ? last.times + 1 : 1;
    this.#last.delete(remote);
    this.#last.set(remote, { text, times });
    const oldest = this.#last.keys().next();
    if (this.#last.size > REMEMBERED && !oldest.done) this.#last.delete(oldest.value);
    return times;
  }
}

/** The `type` of a JSON message, or nothing. */
function typeOf(text: string): string {
  try {
    const { type } = JSON.parse(text);
    return typeof type === "string" ? cutToWidth(printable(type), TYPE_COLUMNS) : "";
  } catch {
    return "";
  }
}
