import { deepEqual, equal, match, ok } from "node:assert/strict";
import { formatMessage } from "@optique/core/message";
import { translator } from "../../../lib/terminal/messages/catalogue.ts";
import { LANGUAGES } from "../../../lib/terminal/messages/language.ts";
import {
  connectionCount,
  dataFolder,
  filePath,
  folderPath,
  language,
  listenHost,
  ownName,
  plain,
  port,
  quoted,
  type Reader,
  serverAddress,
} from "../../../lib/terminal/options/value_parsers.ts";

const name = ownName("name");

const TAKEN: readonly (readonly [reader: Reader<unknown>, input: string, value: unknown])[] = [
  [port(0), "0", 0],
  [port(1), "1", 1],
  [port(0), "65535", 65535],
  [port(0), "00080", 80],
  [connectionCount, "1", 1],
  [connectionCount, "10000000", 10_000_000],
  [listenHost, "::1", "::1"],
  [listenHost, "localhost", "localhost"],
  [serverAddress, "[::1]:10000", { host: "::1", chatPort: 10000 }],
  [serverAddress, "a.example", { host: "a.example", chatPort: null }],
  [name, "João da Silva", "João da Silva"],
  [name, "Joa\u0303o", "João"],
  [language, "auto", "auto"],
  [language, "pt", "pt"],
  [filePath, "um diário.log", "um diário.log"],
  [folderPath, "C:\\Minhas músicas", "C:\\Minhas músicas"],
];

for (const [reader, input, value] of TAKEN) {
  Deno.test(`${reader(translator("en"), "--x").metavar} takes ${JSON.stringify(input)}`, () => {
    deepEqual(reader(translator("en"), "--x").parse(input), { success: true, value });
  });
}

const REFUSED: readonly (readonly [reader: Reader<unknown>, inputs: readonly string[]])[] = [
  [port(0), ["", "-1", "65536", "1.5", "1e3", " 1", "0x10", "٣", "9".repeat(400)]],
  [port(1), ["0"]],
  [connectionCount, ["", "0", "10000001", "many"]],
  [listenHost, ["", "a b", "256.1.1.1", "1.2.3.4:80"]],
  [serverAddress, ["", "a:b", "a:65536", "http://a"]],
  [name, ["", " Ana", "Ana ", "a:b", "@a", "#a", "a*", "a\nb", "\ud800", "a".repeat(65)]],
  [language, ["", "PT", "fr"]],
  [filePath, ["", " ", "a\0b"]],
  [folderPath, ["", " ", "a\0b"]],
  [dataFolder, ["", " ", "a\0b"]],
];

for (const [reader, inputs] of REFUSED) {
  const { metavar } = reader(translator("en"), "--x");
  Deno.test(`${metavar} refuses with a sentence that names the option, in every language`, () => {
    for (const t of LANGUAGES.map(translator)) {
      for (const input of inputs) {
        const result = reader(t, "--x").parse(input);
        ok(!result.success, input);
        const sentence = formatMessage(result.error);
        match(sentence, /--x/);
        ok(sentence.length < 300, sentence);
        // deno-lint-ignore no-control-regex
        equal(/[\x00-\x1f]/.test(sentence), false);
      }
    }
  });
}

Deno.test("a refusal says what is wrong with this value, with an example of this option", () => {
  const refusal = (reader: Reader<unknown>, input: string) => {
    const result = reader(translator("pt"), "--x").parse(input);
    ok(!result.success);
    return formatMessage(result.error);
  };
  match(refusal(serverAddress, "host:99999"), /^A porta em “host:99999” é grande demais/);
  match(refusal(serverAddress, "host:0"), /^--x recebe um endereço/);
  match(refusal(dataFolder, ""), /--x diretorio$/);
  match(refusal(folderPath, ""), /--x "Minhas músicas"$/);
});

Deno.test("what a parser formats, it takes again", () => {
  for (const [reader, , value] of TAKEN) {
    const parser = reader(translator("en"), "--x");
    deepEqual(parser.parse(parser.format(value)), { success: true, value });
  }
});

Deno.test("a shell is offered the languages, and files for a file", () => {
  const offered = (reader: Reader<unknown>, prefix: string) => [
    ...reader(translator("en"), "--x").suggest?.(prefix) ?? [],
  ];
  deepEqual(offered(language, ""), ["auto", "en", "pt"].map(literal));
  deepEqual(offered(language, "p"), [literal("pt")]);
  deepEqual(offered(port(0), ""), []);
  deepEqual(offered(filePath, "a"), [{ kind: "file", type: "any", pattern: "a" }]);
  deepEqual(offered(folderPath, "a"), [{ kind: "file", type: "directory", pattern: "a" }]);
});

Deno.test("what is quoted is printable and short; a plain text is left as it is", () => {
  equal(quoted("a\x1b[31mb"), "a␛[31mb");
  ok(quoted("x".repeat(5000)).length <= 60);
  equal(formatMessage(plain("`a` {b}  --c")), "`a` {b}  --c");
});

function literal(text: string) {
  return { kind: "literal", text };
}
