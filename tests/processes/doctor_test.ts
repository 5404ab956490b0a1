import assert from "node:assert/strict";
import { until } from "../runtime/line_client.ts";
import { OneShotServer } from "../runtime/one_shot_server.ts";
import { displayWidth } from "../../lib/terminal/text/width.ts";
import {
  exitCode,
  portArgs,
  runPiped,
  type ServerPorts,
  startAtTerminal,
  startPeer,
  startPiped,
  startServer,
} from "./programs.ts";

const ANY = ["--call-port", "0", "--music-port", "0"];

/** The words of a `peer doctor` for a server on 127.0.0.1, in Portuguese. */
function doctorArgs(ports: ServerPorts, ...more: string[]): string[] {
  return ["doctor", "--server", "127.0.0.1", ...portArgs(ports), ...ANY, "--lang", "pt", ...more];
}

/** The ports of a service that is there for both. */
function bothPorts({ address: { port } }: OneShotServer): ServerPorts {
  return { chatPort: port, registryPort: port };
}

Deno.test("doctor: a server of ours, through a pipe: plain lines, a summary, exit code 0", async () => {
  await using server = await startServer();
  const { code, output, errors } = await runPiped("peer", doctorArgs(server));
  assert.equal(errors, "");
  const { chatPort, registryPort } = server;
  const time = String.raw`[\d.,]+ (?:ms|s)`;
  const lines = [
    /^Examinando este computador e o servidor 127\.0\.0\.1:\d+…$/,
    /^✓ Terminal: nenhum, então linhas simples sem cores$/,
    /^! Permissões: faltam para microfone e alto-falante, os endereços deste computador, músicas, downloads e registros$/,
    /^ {2}→ Inicie o programa com --allow-run=parec,.*--allow-sys=networkInterfaces --allow-read --allow-write /,
    /^✓ Chat: TCP \d+ está livre$/,
    /^✓ Ligações: UDP \d+ está livre$/,
    /^✓ Música: UDP \d+ está livre$/,
    /^✓ UDP neste computador: funciona$/,
    new RegExp(`^✓ Servidor, chat \\(TCP ${chatPort}\\): responde \\(conexão em ${time}, `),
    new RegExp(`^✓ Servidor, registro \\(TCP ${registryPort}\\): responde \\(conexão em ${time}, `),
    /^\? Alcançado de fora: não dá para saber$/,
    /^ {2}→ O servidor roda neste computador; /,
    /^✓ Relógio: /,
    /^Tudo o que importa funciona; há 2 observações acima\.$/,
    /^$/,
  ];
  assert.equal(output.split("\n").length, lines.length, output);
  for (const [at, line] of output.split("\n").entries()) assert.match(line, lines[at]!);
  assert.equal(code, 0);
});

Deno.test("doctor: who is there is not disturbed, and nobody is left behind", async () => {
  await using server = await startServer();
  await using ana = await startPeer(server, "Ana");
  const { code } = await runPiped("peer", doctorArgs(server));
  assert.equal(code, 0);
  await ana.say("/list");
  await ana.waitFor("Ninguém mais está ativo.\n");
});

Deno.test("doctor: at a narrow terminal, in colour, nothing is wider than it", async () => {
  await using server = await startServer();
  const columns = 41;
  await using terminal = await startAtTerminal("peer", doctorArgs(server), { columns, rows: 60 });
  await terminal.waitFor(/há \d+\s+observações\s+acima\./);
  assert.equal(await exitCode(terminal), 0);
  const { text, raw } = terminal;
  assert.match(text, /^✓ Terminal: 41 colunas, cores, UTF-8$/m);
  assert.ok(raw.includes("\x1b[32m✓\x1b[39m Terminal"));
  for (const line of text.split("\n")) assert.ok(displayWidth(line) <= columns, line);
});

Deno.test("doctor: nobody listens: what to do, and exit code 1", async () => {
  const gone = new OneShotServer(() => null);
  const ports = bothPorts(gone);
  await gone[Symbol.asyncDispose]();
  const { code, output } = await runPiped("peer", doctorArgs(ports));
  assert.match(output, /^✗ Servidor, chat \(TCP \d+\): ninguém escuta lá$/m);
  assert.match(output, /^ {2}→ Inicie o servidor lá ou indique a porta dele com --registry-port$/m);
  assert.match(output, /^2 verificações falharam; /m);
  assert.equal(code, 1);
});

Deno.test("doctor: a directory of somebody else, which does not know the question", async () => {
  await using server = new OneShotServer((request) =>
    request.startsWith("USER ")
      ? "LIST Ana:Bruno\r\n"
      : request.includes("DISCOVER")
      ? '{"status":"OK","peers":[]}\n'
      : '{"status":"ERROR","message":"Unknown command"}\n'
  );
  const { code, output } = await runPiped("peer", doctorArgs(bothPorts(server)));
  assert.match(
    output,
    /^\? Alcançado de fora: não dá para saber\n {2}→ Este servidor não conhece/m,
  );
  assert.equal(code, 0, output);
});

Deno.test("doctor: Ctrl-C ends it at once, with a sentence", async () => {
  await using silent = new OneShotServer(() => null);
  await using doctor = startPiped("peer", doctorArgs(bothPorts(silent)));
  await until(() => silent.requests.length === 2, "it waits for both ports");
  doctor.kill("SIGINT");
  const { code, output, errors } = await doctor.ended();
  assert.match(output, /\nInterrompido: o que falta acima não foi examinado\.\n$/);
  assert.deepEqual([code, errors], [1, ""]);
});

Deno.test("doctor: at a terminal the sentence has a line of its own, below the ^C", async () => {
  await using silent = new OneShotServer(() => null);
  await using doctor = await startAtTerminal("peer", doctorArgs(bothPorts(silent)));
  await until(() => silent.requests.length === 2, "it waits for both ports");
  await doctor.waitFor("UDP neste computador: funciona\n");
  doctor.press("ctrl-c");
  await doctor.waitFor(/\^C\n(?:.+\n)*Interrompido: /);
  assert.equal(await exitCode(doctor), 1);
});

Deno.test("doctor: without the network, it says which permission is missing", async () => {
  const args = ["doctor", "--lang", "en"];
  const { code, output, errors } = await runPiped("peer", args, { permissions: [] });
  assert.match(output, /^✗ Permissions: missing for the network, /m);
  assert.match(output, /^ {2}→ Start the program with --allow-net /m);
  assert.deepEqual([code, errors], [1, ""]);
});

Deno.test("doctor: a mistake in the command line is exit code 2", async () => {
  const { code, errors } = await runPiped("peer", ["doctor", "--port", "1", "--lang", "en"]);
  assert.equal(code, 2);
  assert.match(errors, /^Error: There is no option --port\..*\nAll options: peer doctor --help\n$/);
});
