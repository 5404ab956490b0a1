import { deepEqual, doesNotMatch, match, ok } from "node:assert/strict";
import type { DoctorOptions } from "../../../lib/terminal/options/doctor_options.ts";
import { parsePeerCommandLine } from "../../../lib/terminal/options/peer_command_line.ts";

const DEFAULTS: DoctorOptions = {
  server: null,
  chatPort: 10_000,
  registryPort: 5000,
  listen: 0,
  callPort: 6000,
  musicPort: 7000,
  language: "en",
  color: true,
};

function parse(...args: string[]) {
  return parsePeerCommandLine(args, { locale: "en" });
}

/** What is printed before the program ends. */
function printed(...args: string[]) {
  const result = parse(...args);
  ok(result.kind === "exit", JSON.stringify(result));
  return result;
}

const RIGHT: readonly (readonly [readonly string[], Partial<DoctorOptions>])[] = [
  [[], {}],
  [["--server", "192.168.0.10"], { server: "192.168.0.10" }],
  [["--server", "casa:12000"], { server: "casa", chatPort: 12_000 }],
  [["--server", "casa:12000", "--chat-port", "12000"], { server: "casa", chatPort: 12_000 }],
  [["--server=[::1]", "--chat-port=1", "--registry-port=2"], {
    server: "::1",
    chatPort: 1,
    registryPort: 2,
  }],
  [["--listen", "45000", "--call-port", "0", "--music-port", "7001"], {
    listen: 45_000,
    callPort: 0,
    musicPort: 7001,
  }],
  [["--no-color", "--lang", "pt"], { color: false, language: "pt" }],
];

for (const [args, changed] of RIGHT) {
  Deno.test(`peer doctor ${args.join(" ")}`, () => {
    deepEqual(parse("doctor", ...args), { kind: "doctor", options: { ...DEFAULTS, ...changed } });
  });
}

for (
  const [args, problem] of [
    [["--server", "casa:1", "--chat-port", "2"], /--server names port 1 and --chat-port names 2/],
    [["--chat-port", "0"], /--chat-port takes a port from 1 to 65535, not “0”/],
    [["--name", "Ana"], /There is no option --name/],
    [["--sever", "x"], /There is no option --sever\. Did you mean --server\?/],
    [["doctor"], /“doctor” is not an option/],
  ] as const
) {
  Deno.test(`peer doctor ${args.join(" ")} is refused`, () => {
    const { code, stream, output } = printed("doctor", ...args);
    deepEqual([code, stream], [2, "stderr"]);
    match(output, problem);
    match(output, /\nAll options: peer doctor --help$/);
  });
}

Deno.test("peer doctor --help: its own options, in the person's language", () => {
  const { code, output } = printed("doctor", "--help", "--lang", "pt");
  deepEqual(code, 0);
  match(output, /^Examina se este computador/);
  match(output, /^Uso: peer doctor \[opções\]$/m);
  for (const option of ["--server", "--chat-port", "--registry-port", "--listen"]) {
    match(output, new RegExp(`^  ${option} `, "m"));
  }
  doesNotMatch(output, /--name|--share/);
});

Deno.test("peer --help shows an example of doctor", () => {
  match(printed("--help").output, /^ {2}peer doctor --server 192\.168\.0\.10$/m);
});

Deno.test("peer --help lists doctor as a command, with what it does; doctor has none", () => {
  match(printed("--help").output, /^Commands:\n {2}doctor +Examines /m);
  match(printed("--help", "--lang", "pt").output, /^Comandos:\n {2}doctor +Examina /m);
  doesNotMatch(printed("doctor", "--help").output, /^Commands:/m);
});

Deno.test("a word that is nearly the command, or is it in the wrong place, is told from others", () => {
  for (const args of [["doctro"], ["doc"], ["--doctor"], ["--server", "x", "doctor"]]) {
    const { code, output } = printed(...args);
    deepEqual(code, 2);
    match(output, /is not an option\. Did you mean the command peer doctor\?/);
  }
  match(printed("teapot").output, /“teapot” is not an option\. Options begin with --/);
});

Deno.test("without the command, the options of peer as ever", () => {
  const result = parse("--name", "doctor");
  ok(result.kind === "run" && result.options.name === "doctor");
  deepEqual(printed("--server", "x", "doctor").code, 2);
});

Deno.test("completion: the command, its options, and those of the program", () => {
  const words = (...args: string[]) => printed("--completion", "bash", ...args).output.split("\n");
  ok(words("doc").includes("doctor"));
  ok(words("--na").includes("--name"));
  const own = words("doctor", "--");
  ok(own.includes("--listen") && own.includes("--server"));
  ok(!own.includes("--name"));
});

Deno.test("completion: one script, whichever way it is asked for", () => {
  const script = printed("--completion", "zsh");
  deepEqual(printed("doctor", "--completion", "zsh"), script);
  match(script.output, /_peer/);
});
