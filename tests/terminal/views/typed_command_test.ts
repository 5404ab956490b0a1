import { equal } from "node:assert/strict";
import { typedCommand } from "../../../lib/terminal/views/typed_command.ts";

Deno.test("typedCommand: as it has to be typed, and printable", () => {
  equal(typedCommand("call", "Ana"), "/call Ana");
  equal(typedCommand("chat", "Ana Maria"), '/chat "Ana Maria"');
  equal(typedCommand("call", "a\x1bb"), "/call a␛b");
});
