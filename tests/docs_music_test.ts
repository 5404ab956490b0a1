import { strict as assert } from "node:assert";
import {
  formatCatalogueReply,
  formatCatalogueRequest,
  formatControlMessage,
  parseCatalogueReply,
  parseCatalogueRequest,
  parseControlMessage,
} from "../lib/protocol/music.ts";
import {
  formatTransferPacket,
  parseTransferPacket,
} from "../lib/protocol/music/transfer_packets.ts";

const encoder = new TextEncoder();

/** What a line of the transcript is, read and written by the program. */
function rewritten(from: string, to: string, text: string): string {
  if (text.startsWith("0x")) {
    const packet = parseTransferPacket(Uint8Array.fromHex(text.slice(2)));
    return `0x${formatTransferPacket(packet).toHex()}`;
  }
  const bytes = encoder.encode(text);
  if (to === "S") return formatCatalogueRequest(parseCatalogueRequest(bytes));
  if (from === "S") return formatCatalogueReply(parseCatalogueReply(bytes));
  return formatControlMessage(parseControlMessage(bytes));
}

Deno.test("docs/music.md: each line of the transcript is to the byte what is sent", async () => {
  const page = await Deno.readTextFile(new URL("../docs/music.md", import.meta.url));
  const lines = [...page.matchAll(/^([ABS]) → ([ABS]) {2}(.*)$/gm)];
  assert.equal(lines.length, 20);
  for (const [, from, to, text] of lines) assert.equal(rewritten(from!, to!, text!), text);
});

Deno.test("docs/music.md has the grammar of the packets as the codec does", async () => {
  const page = await Deno.readTextFile(new URL("../docs/music.md", import.meta.url));
  const codec = await Deno.readTextFile(
    new URL("../lib/protocol/music/transfer_packets.ts", import.meta.url),
  );
  const grammar = /^ \* source → listener;[^]*?(?=\n \* ```)/m.exec(codec)![0];
  assert.ok(page.includes(grammar.replace(/^ \* ?/gm, "")));
});
