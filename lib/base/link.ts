/**
 * A stream of lines to another program (a TCP connection), as a machine sees it: numbers, inputs
 * and effects. Whoever accepts gives out even numbers, the machine that dials uses odd ones, so
 * that both can name a link without asking the other.
 */
export type LinkId = number;

/** What happens on links. */
export type LinkInput =
  /** Another program connected to us from `ip` (canonical) and its `port`. */
  | { readonly kind: "accepted"; readonly link: LinkId; readonly ip: string; readonly port: number }
  /**
   * The connection that the machine asked for is there. `localIp` (canonical) is our own address on
   * it, where that is known.
   */
  | { readonly kind: "connected"; readonly link: LinkId; readonly localIp?: string }
  /** The connection that the machine asked for could not be made; the link is gone. */
  | { readonly kind: "unreachable"; readonly link: LinkId; readonly reason: string }
  /**
   * One line, without its terminator; the bytes are valid during this call only. `unended` where the
   * stream ended before the line did: there may have been more of it.
   */
  | {
    readonly kind: "line";
    readonly link: LinkId;
    readonly bytes: Uint8Array;
    readonly unended?: true;
  }
  /** A line over the limit was skipped. */
  | { readonly kind: "line_too_long"; readonly link: LinkId; readonly limit: number }
  /** `lines` more of the lines sent on this link have left the process. */
  | { readonly kind: "written"; readonly link: LinkId; readonly lines: number }
  /** The link is gone: end of file, a reset, or a send queue that overflowed. */
  | { readonly kind: "closed"; readonly link: LinkId; readonly reason: CloseReason };

/** How a link ended. `stalled`: the other side did not read what was sent. */
export type CloseReason = "end_of_file" | "reset" | "stalled";

/** What a machine does with links. */
export type LinkEffect =
  /**
   * Connect; the answer is `connected` or `unreachable`. `host` may be a name; `lineLimit` is in
   * bytes, where it differs from the usual one.
   */
  | {
    readonly kind: "connect";
    readonly link: LinkId;
    readonly host: string;
    readonly port: number;
    readonly lineLimit?: number;
  }
  /**
   * Send a line; the terminator is added. One that is `unhurried` may wait a moment for another on
   * the same link: two lines in one write cost both sides half.
   */
  | {
    readonly kind: "send";
    readonly link: LinkId;
    readonly line: string;
    readonly unhurried?: boolean;
  }
  /** Close in order, after what was sent before is out. No input follows for this link. */
  | { readonly kind: "close"; readonly link: LinkId }
  /** Close by force, at once. No input follows for this link. */
  | { readonly kind: "abort"; readonly link: LinkId };

/** Whether an effect is one on a link, and so is carried out by whoever owns the connections. */
export function isLinkEffect(effect: { readonly kind: string }): effect is LinkEffect {
  switch (effect.kind) {
    case "send":
    case "connect":
    case "close":
    case "abort":
      return true;
    default:
      return false;
  }
}
