import { strict as assert } from "node:assert";
import {
  formatCallMessage,
  formatCallReply,
  formatCallRequest,
  parseCallMessage,
  parseCallReply,
  parseCallRequest,
} from "../lib/protocol/call.ts";

const encoder = new TextEncoder();

/** What a line of the transcript is, read and written by the program. */
function rewritten(from: string, to: string, text: string): string {
  const bytes = encoder.encode(text);
  if (to === "S") return formatCallRequest(parseCallRequest(bytes));
  if (from === "S") return formatCallReply(parseCallReply(bytes));
  return formatCallMessage(parseCallMessage(bytes));
}

Deno.test("docs/call.md: each line of the transcript is to the byte what is sent", async () => {
  const page = await Deno.readTextFile(new URL("../docs/call.md", import.meta.url));
  const lines = [...page.matchAll(/^([JMS]) → ([JMS]) {2}(.*)$/gm)];
  assert.equal(lines.length, 14);
  for (const [, from, to, text] of lines) assert.equal(rewritten(from!, to!, text!), text);
});
