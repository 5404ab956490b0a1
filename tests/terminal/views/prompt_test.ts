import { equal, ok } from "node:assert/strict";
import { translator } from "../../../lib/terminal/messages/catalogue.ts";
import { createPainter } from "../../../lib/terminal/text/painter.ts";
import { displayWidth } from "../../../lib/terminal/text/width.ts";
import { type PhoneView, promptText } from "../../../lib/terminal/views/prompt.ts";

function prompt(active: string | null, call: PhoneView | null, language: "en" | "pt" = "en") {
  return promptText(active === null ? null : { label: active, name: active }, call, null, {
    say: translator(language),
    paint: createPainter(false),
  });
}

const maria = "Maria";

Deno.test("prompt: whom a text goes to, and what the telephone is doing", () => {
  equal(prompt(null, null), "> ");
  equal(prompt("Ana", null), "Ana> ");
  equal(prompt("Ana", { phone: "idle", partner: null, confirmed: true }), "Ana> ");
  equal(
    prompt("Ana", { phone: "connected", partner: maria, confirmed: true }),
    "(call: Maria) Ana> ",
  );
  equal(
    prompt(null, { phone: "connected", partner: maria, confirmed: true }, "pt"),
    "(ligação: Maria) > ",
  );
  equal(
    prompt(null, { phone: "invited", partner: maria, confirmed: true }, "pt"),
    "(Maria está ligando) > ",
  );
  for (const phone of ["looking_up", "inviting"] as const) {
    equal(prompt(null, { phone, partner: maria, confirmed: true }), "(calling Maria) > ");
  }
});

Deno.test("prompt: a caller whom the registry does not confirm has the mark of such names", () => {
  const stranger = { partner: maria, confirmed: false };
  equal(prompt(null, { phone: "invited", ...stranger }), "(?Maria is calling) > ");
  equal(prompt(null, { phone: "connected", ...stranger }, "pt"), "(ligação: ?Maria) > ");
});

Deno.test("prompt: leaves room for what is typed, whoever calls, and obeys nobody", () => {
  for (const partner of ["é".repeat(64), "日本語".repeat(20), "\x1b[2J\u202e".repeat(9)]) {
    for (const phone of ["inviting", "invited", "connected"] as const) {
      const text = prompt(null, { phone, partner, confirmed: true }, "pt");
      ok(displayWidth(text) <= 35, text);
      // deno-lint-ignore no-control-regex
      ok(!/[\x00-\x1f\u202e]/.test(text), text);
    }
  }
});

Deno.test("prompt: a test of sound shows its meter", () => {
  const options = { say: translator("en"), paint: createPainter(false) };
  equal(
    promptText({ label: "Ana", name: "Ana" }, null, "[##  ] -20 dB 2 s", options),
    "[##  ] -20 dB 2 s Ana> ",
  );
});
