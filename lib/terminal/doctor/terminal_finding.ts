import type { Finding } from "../../doctor/findings.ts";
import { isAtTerminal } from "../console/at_terminal.ts";
import { terminalSize } from "../console/terminal_device.ts";

/** One character of two bytes: a terminal that is not set to UTF-8 takes it for two. */
const CHARACTER = "é";
/** Milliseconds for a terminal to answer; those far away take half of it. */
const PATIENCE = 250;
const ASK_CURSOR = "\x1b[6n";
const CLEAR = "\r\x1b[K";
// deno-lint-ignore no-control-regex -- how a terminal says where its cursor is
const CURSOR = /\x1b\[\d+;(\d+)R/;

/** What the terminal of this program can show. */
export async function examineTerminal(colour: boolean): Promise<Finding> {
  if (!isAtTerminal()) return { kind: "terminal", terminal: null };
  const { columns } = terminalSize();
  return { kind: "terminal", terminal: { columns, colour, utf8: await showsUtf8() } };
}

/** Writes a character and asks where the cursor is behind it; null where the terminal is silent. */
async function showsUtf8(): Promise<boolean | null> {
  const encoder = new TextEncoder();
  Deno.stdin.setRaw(true, { cbreak: Deno.build.os !== "windows" });
  try {
    Deno.stdout.writeSync(encoder.encode(`\r${CHARACTER}${ASK_CURSOR}`));
    const column = await cursorColumn();
    return column === null ? null : column === 2;
  } finally {
    Deno.stdout.writeSync(encoder.encode(CLEAR));
    Deno.stdin.setRaw(false);
  }
}

async function cursorColumn(): Promise<number | null> {
  const decoder = new TextDecoder();
  const buffer = new Uint8Array(256);
  let text = "";
  let late = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const end = new Promise<null>((resolve) => {
    timer = setTimeout(() => {
      late = true;
      resolve(null);
    }, PATIENCE);
  });
  try {
    while (!late) {
      const count = await Promise.race([Deno.stdin.read(buffer), end]);
      if (count === null) return null;
      text += decoder.decode(buffer.subarray(0, count), { stream: true });
      const found = CURSOR.exec(text);
      if (found !== null) return Number(found[1]);
    }
    return null;
  } finally {
    clearTimeout(timer);
  }
}
