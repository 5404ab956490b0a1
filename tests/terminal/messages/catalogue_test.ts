import { deepEqual, equal, match, ok, throws } from "node:assert/strict";
import { CATALOGUES, isMessageKey, translator } from "../../../lib/terminal/messages/catalogue.ts";
import { LANGUAGES } from "../../../lib/terminal/messages/language.ts";
import { type MessageKey, sentence } from "../../../lib/terminal/messages/sentence.ts";

const KEYS = Object.keys(CATALOGUES.en) as MessageKey[];

function gaps(text: string): string[] {
  return Array.from(text.matchAll(/\{(\w+)\}/g), (found) => found[1]!).toSorted();
}

for (const language of LANGUAGES) {
  Deno.test(`catalogue ${language}: every key is there and no other`, () => {
    deepEqual(Object.keys(CATALOGUES[language]).toSorted(), KEYS.toSorted());
  });

  Deno.test(`catalogue ${language}: the gaps of each sentence are those of the English one`, () => {
    for (const key of KEYS) {
      const own = [...new Set(gaps(CATALOGUES[language][key]))];
      deepEqual(own, [...new Set(gaps(CATALOGUES.en[key]))], key);
    }
  });

  Deno.test(`catalogue ${language}: sentences are whole, in NFC, without stray blanks`, () => {
    for (const key of KEYS) {
      const text = CATALOGUES[language][key];
      match(text, /^\S(.*\S)?$/u, key);
      equal(text, text.normalize("NFC"), key);
      equal(text.replace(/\{\w+\}/g, "").search(/[{}]/), -1, key);
    }
  });
}

Deno.test("a key that comes in a form for one comes in a form for several, and the reverse", () => {
  for (const key of KEYS) {
    if (key.endsWith(".one")) equal(isMessageKey(key.replace(/one$/, "other")), true, key);
    if (key.endsWith(".other")) equal(isMessageKey(key.replace(/other$/, "one")), true, key);
  }
});

Deno.test("the sentences that the exercise gives are word for word in Portuguese", () => {
  const t = translator("pt");
  equal(t("ask.name"), "Nome de usuário:");
  equal(t("chat.users", { names: "Ana, Bruno" }), "Ativos (além de você): Ana, Bruno");
  equal(t("chat.connected", { name: "Camila" }), "Conectado a Camila");
  equal(t("chat.none_active"), "Nenhuma conexão P2P ativa");
  equal(t("call.failed.rejected"), "usuário destino ocupado");
  ok(translator("en")("call.failed.rejected").startsWith("usuário destino ocupado ("));
  equal(t("welcome.chat"), "Para iniciar uma conversa digite: /chat <nome_de_usuario_ativo>");
});

Deno.test("translator: fills gaps with texts, numbers and sentences of its own language", () => {
  equal(
    translator("pt")("problem.ports_taken", { first: 20000, last: 20099, option: "--listen" }),
    "As portas de 20000 a 20099 estão todas ocupadas. Escolha outra com --listen",
  );
  const mistake = sentence("command.mistake.missing", {
    usage: sentence("command.to.usage"),
    example: "/to Ana Oi!",
  });
  match(translator("pt").sentence(mistake), /\/to <nome> <texto>/);
  match(translator("en").sentence(mistake), /\/to <name> <text>/);
});

Deno.test("translator: a value that looks like a gap stays as it is", () => {
  equal(translator("en")("chat.connected", { name: "{name} $& $1" }), "Connected to {name} $& $1");
});

Deno.test("translator: the form follows the count", () => {
  const rows = [
    ["en", 0, "0 open conversations:"],
    ["en", 1, "1 open conversation:"],
    ["en", 2, "2 open conversations:"],
    ["pt", 1, "1 conversa aberta:"],
    ["pt", 2, "2 conversas abertas:"],
    ["pt", 1_000_000, "1000000 conversas abertas:"],
  ] as const;
  for (const [language, count, text] of rows) {
    equal(translator(language).count("chat.peers", count), text);
  }
});

Deno.test("translator: an unknown key and a missing value are bugs of ours", () => {
  const t = translator("en");
  throws(() => t.sentence({ key: "no.such", values: {} }), TypeError);
  throws(() => t.sentence({ key: "toString", values: {} }), TypeError);
  throws(() => t.sentence({ key: "chat.connected", values: {} }), TypeError);
  throws(
    () => t.sentence({ key: "chat.connected", values: Object.create({ name: "x" }) }),
    TypeError,
  );
});
