import { strict as assert } from "node:assert";
import type { ChatStatus } from "../../../lib/chat/status.ts";
import { translator } from "../../../lib/terminal/messages/catalogue.ts";
import { createPainter } from "../../../lib/terminal/text/painter.ts";
import { chatLines } from "../../../lib/terminal/views/chat_view.ts";

const context = {
  say: translator("en"),
  paint: createPainter(false),
  server: "10.0.0.1:10000",
};

function shown(status: ChatStatus): string {
  return chatLines(status, context, new Date(2026, 0, 1, 12, 3, 4).getTime()).join("\n");
}

const bob = { label: "Bob", name: "Bob", verified: true };
const stranger = { label: "?Bob", name: "Bob", verified: false };

Deno.test("a message has its time, its sender, and a mark where the sender is not verified", () => {
  assert.equal(
    shown({ kind: "message", partner: bob, text: "hi\x1b[2J" }),
    "12:03:04 Bob: hi␛[2J",
  );
  assert.equal(
    shown({ kind: "message", partner: stranger, text: "hi" }),
    "12:03:04 ?Bob (not verified): hi",
  );
});

Deno.test("who was lost can be called again, but a stranger has no name to call", () => {
  assert.match(shown({ kind: "closed", partner: bob, ending: "lost" }), /\/chat Bob/);
  assert.doesNotMatch(shown({ kind: "closed", partner: stranger, ending: "lost" }), /\/chat/);
});

Deno.test("a server that cannot be reached is not one that says nothing sensible", () => {
  const away = { kind: "server_away", first: true } as const;
  assert.match(shown({ ...away, reason: "Connection refused" }), /^Cannot reach/);
  assert.match(shown({ ...away, reason: "no answer" }), /does not answer.* it is tried again\.$/);
  assert.match(shown({ ...away, first: false, reason: "no answer" }), /^The server is gone/);
});
