import { deepEqual, doesNotMatch, equal, match, ok } from "node:assert/strict";
import * as fc from "fast-check";
import type { Environment, Exit } from "../../../lib/terminal/options/command_line.ts";
import { parsePeerOptions } from "../../../lib/terminal/options/peer_options.ts";
import { parseServerOptions } from "../../../lib/terminal/options/server_options.ts";
import { VERSION } from "../../../lib/terminal/options/version.ts";

function exit(args: readonly string[], environment: Environment = { locale: "en" }): Exit {
  const result = parseServerOptions(args, environment);
  ok(result.kind === "exit", JSON.stringify(result));
  return result;
}

const WRONG: readonly (readonly [readonly string[], string])[] = [
  [
    ["--chat-port", "x"],
    "--chat-port takes a port from 0 to 65535, not “x”. Example: --chat-port 20000",
  ],
  [
    ["--chat-port=65536"],
    "--chat-port takes a port from 0 to 65535, not “65536”. Example: --chat-port 20000",
  ],
  [
    ["--chat-port=-1"],
    "--chat-port takes a port from 0 to 65535, not “-1”. Example: --chat-port 20000",
  ],
  [
    ["--chat-port", "1e3"],
    "--chat-port takes a port from 0 to 65535, not “1e3”. Example: --chat-port 20000",
  ],
  [
    ["--max-per-ip", "0"],
    "--max-per-ip takes a whole number from 1 to 10000000, not “0”. Example: --max-per-ip 100",
  ],
  [
    ["--host", "a b"],
    "--host takes an IP address or the name of a machine, not “a b”. Example: --host 192.168.0.10",
  ],
  [["--lang", "fr"], "--lang takes auto, en or pt, not “fr”. Example: --lang pt"],
  [["--log-file="], "--log-file takes the path of a file. Example: --log-file prosa.log"],
  [["--chat-port"], "--chat-port needs a value: --chat-port PORT"],
  [["--quiet", "--quiet"], "--quiet was given more than once. Give it once."],
  [["--host=a", "--host=b"], "--host was given more than once. Give it once."],
  [["--quiet=1"], "--quiet takes no value, but got “1”. Write only --quiet"],
  [["--help=1"], "--help takes no value, but got “1”. Write only --help"],
  [["--chat-prt", "1"], "There is no option --chat-prt. Did you mean --chat-port?"],
  [["--chat-prt=1"], "There is no option --chat-prt. Did you mean --chat-port?"],
  [["--qiet"], "There is no option --qiet. Did you mean --quiet?"],
  [["--zzz"], "There is no option --zzz."],
  [["-x"], "There is no option -x."],
  [["abc"], "“abc” is not an option. Options begin with --; a value with spaces goes in quotes."],
  [[""], "“” is not an option. Options begin with --; a value with spaces goes in quotes."],
  [
    ["--", "--quiet"],
    "“--quiet” is not an option. Options begin with --; a value with spaces goes in quotes.",
  ],
  [["--completion"], "--completion needs a shell. Example: --completion bash"],
  [
    ["--completion", "foo"],
    "--completion takes bash, zsh, fish, nu or pwsh, not “foo”. Example: --completion bash",
  ],
];

for (const [args, problem] of WRONG) {
  Deno.test(`server ${JSON.stringify(args)} is refused`, () => {
    deepEqual(exit(args), {
      kind: "exit",
      code: 2,
      stream: "stderr",
      output: `Error: ${problem}\nAll options: server --help`,
    });
  });
}

Deno.test("help: every option of the program, within the width, nothing left in English", () => {
  const options = [
    "host ENDEREÇO",
    "chat-port PORTA",
    "registry-port PORTA",
    "quiet",
    "lang IDIOMA",
    "log-file ARQUIVO",
    "max-connections N",
    "max-per-ip N",
    "help, -h",
    "version",
    "completion SHELL",
  ];
  for (const columns of [30, 60, 80, 300]) {
    const { code, stream, output } = exit(["--help"], { locale: "pt-BR", columns });
    deepEqual([code, stream], [0, "stdout"]);
    for (const option of options) ok(output.includes(`  --${option}`), option);
    for (const line of output.split("\n")) {
      ok(line.length <= Math.min(100, columns), line);
    }
    match(output, /^Uso: server \[opções\]$/m);
    doesNotMatch(output, /Usage|Options|Examples|Show |Generate|ARG|[ \t]$/m);
    ok(!output.includes("\x1b"));
  }
});

Deno.test("help: wins over whatever else is wrong, and over version", () => {
  for (const args of [["--help", "--zzz"], ["--chat-port", "x", "-h"], ["--version", "--help"]]) {
    match(exit(args).output, /^Usage: server \[options\]$/m);
  }
});

Deno.test("version", () => {
  deepEqual(exit(["--version"]), {
    kind: "exit",
    code: 0,
    stream: "stdout",
    output: `prosa ${VERSION}`,
  });
  match(VERSION, /^\d+\.\d+\.\d+$/);
});

Deno.test("language: --lang, wherever it stands, over the locale, for help and errors too", () => {
  const rows: readonly (readonly [readonly string[], string | undefined, RegExp])[] = [
    [["--zzz"], "pt-BR", /^Erro:/],
    [["--zzz"], "de", /^Error:/],
    [["--zzz"], undefined, /^Error:/],
    [["--zzz", "--lang", "pt"], "en", /^Erro:/],
    [["--lang=en", "--zzz"], "pt", /^Error:/],
    [["--lang", "auto", "--zzz"], "pt", /^Erro:/],
    [["--lang", "fr"], "pt", /^Erro:/],
    [["--", "--lang", "pt"], "en", /^Error:/],
    [["--help", "--lang", "pt"], "en", /^Uso:/m],
  ];
  for (const [args, locale, expected] of rows) {
    match(exit(args, locale === undefined ? {} : { locale }).output, expected);
  }
});

Deno.test("completion: a script for every shell, and candidates for it", () => {
  for (const shell of ["bash", "zsh", "fish", "nu", "pwsh"]) {
    const { code, stream, output } = exit(["--completion", shell]);
    deepEqual([code, stream], [0, "stdout"]);
    match(output, /server/);
  }
  const words = (output: string) => output.split("\n").filter((line) => line !== "");
  deepEqual(words(exit(["--completion", "bash", "--lang", ""]).output), ["auto", "en", "pt"]);
  deepEqual(words(exit(["--completion=bash", "--max"]).output), [
    "--max-connections",
    "--max-per-ip",
  ]);
  match(exit(["--completion", "bash", "--log-file", "a"]).output, /^__FILE__:any::a:0$/);
});

Deno.test("no words throw: they run, or end with 0 or with 2 and a sentence", () => {
  const word = fc.oneof(
    fc.constantFrom(
      "--name",
      "--server",
      "--lang",
      "--lang=",
      "--serve",
      "--completion",
      "--help",
      "--version",
      "--",
      "-",
      "=",
      "--=",
      "--no-color=x",
      "--chat-port",
      "bash",
      "0",
      "pt",
      "::1",
    ),
    fc.string({ unit: "binary" }),
  );
  fc.assert(
    fc.property(fc.array(word, { maxLength: 6 }), fc.nat(200), (args, columns) => {
      const result = parsePeerOptions(args, { columns });
      if (result.kind === "run") return;
      equal(result.code, result.stream === "stdout" ? 0 : 2);
      if (result.code === 2) match(result.output, /^(Error|Erro): \S/);
    }),
    { seed: 3, numRuns: 500 },
  );
});
