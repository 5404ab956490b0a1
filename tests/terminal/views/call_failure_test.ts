import { equal } from "node:assert/strict";
import { translator } from "../../../lib/terminal/messages/catalogue.ts";
import { createPainter } from "../../../lib/terminal/text/painter.ts";
import { callFailure, callRefusal } from "../../../lib/terminal/views/call_failure.ts";

const context = { say: translator("pt"), paint: createPainter(false) };

Deno.test("a call that was rejected is told in the seed's words and nothing more", () => {
  equal(callFailure("rejected", "Maria", context).join("\n"), "usuário destino ocupado");
});

Deno.test("commands in what is said are as they have to be typed", () => {
  equal(
    callFailure("their_end", "Zé Ninguém", context)[0],
    'Zé Ninguém encerrou a ligação antes de ela começar. Para ligar de novo: /call "Zé Ninguém"',
  );
  equal(
    callRefusal({ why: "unknown_user", name: "Zé" }, context.say),
    "Zé não está registrado para ligações. /list mostra quem está ativo.",
  );
});
