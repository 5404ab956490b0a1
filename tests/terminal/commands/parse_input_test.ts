import { deepEqual, equal, ok } from "node:assert/strict";
import * as fc from "fast-check";
import { type Input, parseInput } from "../../../lib/terminal/commands/parse_input.ts";
import { translator } from "../../../lib/terminal/messages/catalogue.ts";
import { LANGUAGES } from "../../../lib/terminal/messages/language.ts";

const KNOWN = {
  active: ["Ana", "Ana Maria", "Bruno"],
  open: ["Zé da Silva"],
  peers: ["ana@UnB", "Ana Maria@UnB"],
  neighbours: ["ana@UnB"],
  namespaces: ["UnB", "Sala 2"],
  callable: [],
};

type Values = Record<string, unknown>;

function command(command: string, values: Values = {}, system = "chat") {
  return { kind: "command", command, system, values };
}

function overlay(name: string, values: Values = {}) {
  return command(name, values, "overlay");
}

function call(name: string, values: Values = {}) {
  return command(name, values, "call");
}

function music(name: string, values: Values = {}) {
  return command(name, values, "music");
}

const text = (text: string) => ({ kind: "text", text });

const RIGHT: readonly (readonly [string, unknown])[] = [
  ["", { kind: "empty" }],
  [" \t ", { kind: "empty" }],
  ["Oi Bruno!", text("Oi Bruno!")],
  ["  recuado ", text("  recuado ")],
  ["a /list", text("a /list")],
  ["//list", text("/list")],
  ["//", text("/")],
  [" //x", text("/x")],
  ["///", text("//")],
  ["DISC", text("DISC")],

  ["/list", command("list")],
  ["  /list  ", command("list")],
  ["/LIST", command("list")],
  ["/exit", command("exit", {}, "program")],
  ["/quit", command("exit", {}, "program")],
  ["/help", command("help", { command: null }, "program")],
  ["/help chat", command("help", { command: "chat" }, "program")],
  ["/help /quit", command("help", { command: "exit" }, "program")],

  ["/chat Bruno", command("chat", { name: "Bruno" })],
  ["/chat ≈Bruno", command("chat", { name: "Bruno" })],
  ["/to ?Zé da Silva ?", command("to", { name: "Zé da Silva", text: "?" })],
  ["/switch ≈Zé da Silva", command("switch", { name: "Zé da Silva" })],
  ["/bye ≈?Bruno", command("bye", { name: "Bruno" })],
  ["/call ≈?Bruno", call("call", { name: "Bruno" })],
  ["/who ?Bruno", call("who", { name: "Bruno" })],
  ["/msg @≈ana@UnB oi", overlay("msg", { target: "@ana@UnB", text: "oi" })],
  ["/connect ≈ana@UnB", overlay("connect", { peer: "ana@UnB" })],
  ["/chat   Bruno  ", command("chat", { name: "Bruno" })],
  ["/chat Ana Maria", command("chat", { name: "Ana Maria" })],
  ["/chat Alguém Que Ninguém Viu", command("chat", { name: "Alguém Que Ninguém Viu" })],
  ['/chat "Ana Maria"', command("chat", { name: "Ana Maria" })],
  ["/chat Jose\u0301", command("chat", { name: "José" })],
  ["/switch Zé da Silva", command("switch", { name: "Zé da Silva" })],
  ["/bye", command("bye", { name: null })],
  ["/bye Ana", command("bye", { name: "Ana" })],

  ["/to Bruno oi", command("to", { name: "Bruno", text: "oi" })],
  ["/to Ana Maria oi", command("to", { name: "Ana Maria", text: "oi" })],
  ["/to Zé da Silva  oi  você", command("to", { name: "Zé da Silva", text: "oi  você" })],
  ['/to "Ana" Maria oi', command("to", { name: "Ana", text: "Maria oi" })],
  ["/to Bruno /list", command("to", { name: "Bruno", text: "/list" })],
  ['/to Bruno "oi"', command("to", { name: "Bruno", text: '"oi"' })],

  ["/call Maria José", call("call", { name: "Maria José" })],
  ['/who "Maria José"', call("who", { name: "Maria José" })],
  ["/call a:b", call("call", { name: "a:b" })],
  ["/accept", call("accept")],
  ["/mute", call("mute", { on: null })],
  ["/mute OFF", call("mute", { on: false })],
  ["/volume", call("volume", { percent: null })],
  ["/volume 150%", call("volume", { percent: 150 })],
  ["/half-duplex on", call("half-duplex", { on: true })],

  ["/share", music("share", { path: null })],
  ["/share /home/Ana/My music ", music("share", { path: "/home/Ana/My music" })],
  ["/unshare 'C:\\Music'", music("unshare", { path: "C:\\Music" })],
  ["/files", music("files", { query: null })],
  ["/files bach suite", music("files", { query: "bach suite" })],
  ["/play 3", music("play", { wanted: { kind: "number", number: 3 } })],
  ["/play --to", music("play", { wanted: { kind: "query", query: "--to" } })],
  ["/queue", music("queue", { wanted: null })],
  ["/seek 1:30", music("seek", { seconds: 90 })],
  ["/get 3", music("get", { wanted: { kind: "number", number: 3 }, to: null })],
  [
    '/get bach suite --to "My music"',
    music("get", { wanted: { kind: "query", query: "bach suite" }, to: "My music" }),
  ],

  ["/peers", overlay("peers", { namespace: null })],
  ["/peers *", overlay("peers", { namespace: "*" })],
  ["/peers Sala 2", overlay("peers", { namespace: "Sala 2" })],
  ["/connect ana@UnB", overlay("connect", { peer: "ana@UnB" })],
  ["/disconnect Ana Maria@UnB", overlay("disconnect", { peer: "Ana Maria@UnB" })],
  ["/ping ana", overlay("ping", { peer: "ana" })],
  ["/metrics", overlay("metrics", { peer: null })],
  ["/metrics @ana@UnB", overlay("metrics", { peer: "ana@UnB" })],
  ["/routes", overlay("routes")],
  ["/watch on", overlay("watch", { on: true })],
  ["/watch OFF", overlay("watch", { on: false })],
  ["/msg @ana oi", overlay("msg", { target: "@ana", text: "oi" })],
  ["/msg @Ana Maria@UnB oi", overlay("msg", { target: "@Ana Maria@UnB", text: "oi" })],
  ["/msg #Sala 2 oi  você", overlay("msg", { target: "#Sala 2", text: "oi  você" })],
  ["/msg * oi", overlay("msg", { target: "*", text: "oi" })],
];

for (const [line, input] of RIGHT) {
  Deno.test(`parseInput: ${JSON.stringify(line)}`, () => deepEqual(parseInput(line, KNOWN), input));
}

const MISTAKES: readonly (readonly [string, string])[] = [
  ["/", "A command goes right after the slash. /help shows them all."],
  ["/ list", "A command goes right after the slash. /help shows them all."],
  ["/caht Ana", "There is no command /caht. Did you mean /chat? The right form: /chat <name>"],
  [
    "/home/ana",
    "There is no command /home/ana. /help shows them all. To send a text that begins with a slash, type two: //",
  ],
  ["/chat", "Something is missing. The right form: /chat <name>. Example: /chat Ana"],
  ["/to", "Something is missing. The right form: /to <name> <text>. Example: /to Ana Oi!"],
  [
    "/to Ana Maria",
    "Something is missing. The right form: /to <name> <text>. Example: /to Ana Oi!",
  ],
  ["/list Ana", "/list does not take “Ana”. The right form: /list"],
  ["/quit now", "/exit does not take “now”. The right form: /exit"],
  ['/chat "Ana" Maria', "/chat does not take “Maria”. The right form: /chat <name>"],
  [
    '/chat "Ana',
    'The quotes around the name must be closed and followed by a space. Example: "Ana Maria"',
  ],
  ['/chat ""', "“” cannot be a user's name. A name has at least one character."],
  ["/chat a:b", "“a:b” cannot be a user's name. A name has none of the characters : @ # *"],
  ["/chat a\x07b", "“a␇b” cannot be a user's name. A name has no control characters."],
  ["/help caht", "There is no command /caht. Did you mean /chat? The right form: /chat <name>"],
  [
    "/connect",
    "Something is missing. The right form: /connect <name@ns>. Example: /connect ana@UnB",
  ],
  ["/connect ana@", "“” cannot be a namespace. A name has at least one character."],
  [
    "/msg @ana",
    "Something is missing. The right form: /msg <@name[@ns]|#ns|*> <text>. Example: /msg @ana Oi!",
  ],
  [
    "/msg ana oi",
    "“ana” is nobody to send to. Write @name or @name@namespace, #namespace, or * for everyone.",
  ],
  ["/watch maybe", "/watch takes on or off, not “maybe”."],
  ["/watch on now", "/watch does not take “now”. The right form: /watch <on|off>"],
  ["/mute maybe", "/mute takes on or off, not “maybe”."],
  [
    "/volume loud",
    "“loud” is no volume. It goes from 0 to 400 percent. Example: /volume 150",
  ],
  ["/volume 100 200", "/volume does not take “200”. The right form: /volume [0-400]"],
  ["/call", "Something is missing. The right form: /call <name>. Example: /call Ana"],
  ["/accept Ana", "/accept does not take “Ana”. The right form: /accept"],
  ["/routes all", "/routes does not take “all”. The right form: /routes"],
  [
    '/share "My music',
    'A folder is written out to the end of the line or in quotes, which must be closed. Example: "My music"',
  ],
  [
    "/play",
    "Something is missing. The right form: /play <number|words>. Example: /play 3",
  ],
  [
    "/get --to music",
    "Which song? Give its number in the last list, or words of its title. Example: /play 3",
  ],
  [
    "/get 3 --to",
    'A folder is written out to the end of the line or in quotes, which must be closed. Example: "My music"',
  ],
  [
    '/get 3 --to "a" b',
    "/get does not take “b”. The right form: /get <number|words> [--to folder]",
  ],
  [
    "/seek soon",
    "“soon” is no point of a song. It is written in minutes and seconds. Example: /seek 1:30",
  ],
  ["/seek 1:30 now", "/seek does not take “now”. The right form: /seek <min:s>"],
  ["/nodes all", "/nodes does not take “all”. The right form: /nodes"],
  ["/help list now", "/help does not take “now”. The right form: /help [command]"],
];

for (const [line, words] of MISTAKES) {
  Deno.test(`parseInput: ${JSON.stringify(line)} is a mistake`, () => {
    equal(said(parseInput(line, KNOWN)), words);
  });
}

Deno.test("parseInput: a name of others may hold what this project does not create", () => {
  deepEqual(parseInput("/chat a@b#c", KNOWN), command("chat", { name: "a@b#c" }));
});

Deno.test("parseInput: what is quoted of a long line is short", () => {
  for (const line of [`/${"x".repeat(60_000)}`, `/list ${"x".repeat(60_000)}`]) {
    ok(said(parseInput(line, KNOWN)).length < 250);
  }
});

Deno.test("parseInput: no line throws, and every mistake can be said in every language", () => {
  const part = fc.constantFrom(
    "/",
    "//",
    '"',
    "\\",
    " ",
    "\t",
    "to",
    "chat",
    "Ana",
    "bye",
    "help",
    "msg",
    "connect",
    "peers",
    "watch",
    "share",
    "play",
    "get",
    "seek",
    "--to",
    "'",
    "1",
    "@",
    "#",
    "*",
    "\u0301",
    ":",
    "\ud800",
  );
  const line = fc.array(fc.oneof(part, fc.string()), { maxLength: 8 }).map((parts) =>
    parts.join("")
  );
  fc.assert(
    fc.property(line, (line) => {
      const input = parseInput(line, KNOWN);
      if (input.kind === "mistake") {
        LANGUAGES.forEach((language) => translator(language).sentence(input));
      } else if (input.kind === "text") ok(line.endsWith(input.text));
    }),
    { seed: 11, numRuns: 500 },
  );
});

function said(input: Input): string {
  ok(input.kind === "mistake", JSON.stringify(input));
  return translator("en").sentence(input);
}
