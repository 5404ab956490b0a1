import { LIMITS } from "../../base/limits.ts";
import type { Painter } from "../text/painter.ts";
import { printable } from "../text/printable.ts";
import { clockTime } from "../text/clock_time.ts";

const decoder = new TextDecoder();

/** One protocol message as a server or a tracing peer shows it. */
export interface ProtocolLine {
  readonly direction: "in" | "out";
  /** Who it came from or went to: `Ana 200.235.90.80:51234`. */
  readonly who: string;
  /** The line without its terminator. */
  readonly text: string | Uint8Array;
}

/** Who is at the other end: `Ana 200.235.90.80:51234`, or the address alone. */
export function who(
  { name, ip, port }: { readonly name: string | null; readonly ip: string; readonly port: number },
): string {
  return name === null ? `${ip}:${port}` : `${name} ${ip}:${port}`;
}

/** `12:03:04 ← Ana 200.235.90.80:51234  LIST`: time, direction, who, text. */
export function protocolLine(
  { direction, who, text }: ProtocolLine,
  at: number,
  paint: Painter,
): string {
  const arrow = direction === "in" ? paint.good("←") : paint.warn("→");
  return `${paint.dim(clockTime(at))} ${arrow} ${paint.dim(printable(who))}  ${wireText(text)}`;
}

/** A message's text fit for a screen or a log: printable, and cut where it is very long. */
export function wireText(text: string | Uint8Array): string {
  const whole = typeof text === "string" ? text : decoder.decode(text);
  const most = LIMITS.traceCharacters;
  return whole.length <= most
    ? printable(whole)
    : `${printable(whole.slice(0, most))}… (+${whole.length - most})`;
}
