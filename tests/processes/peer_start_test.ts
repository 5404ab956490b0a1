import { strict as assert } from "node:assert";
import {
  enter,
  exitCode,
  freePort,
  LISTENING,
  peerArgs,
  runPiped,
  startAtTerminal,
  startPeer,
  startPiped,
  startServer,
} from "./programs.ts";

Deno.test("a taken name is one sentence and exit code 1 through pipes", async () => {
  await using server = await startServer();
  await using _ana = await startPeer(server, "Ana");
  const { code, output } = await runPiped("peer", peerArgs(server, "Ana"));
  assert.equal(code, 1);
  assert.match(
    output,
    /^Conectando .*…\nO nome Ana já está em uso neste servidor, ou .*\. Escolha outro com --name, ou .*\.\n$/,
  );
});

Deno.test("at a terminal another name is asked for, and checked while it is typed", async () => {
  await using server = await startServer();
  await using _ana = await startPeer(server, "Ana");
  await using terminal = await startAtTerminal("peer", peerArgs(server, null));
  await terminal.waitFor("Nome de usuário:");
  enter(terminal, "Ana");
  await terminal.waitFor(/O nome Ana já está em uso, ou [^]*Escolha outro:/);
  terminal.type("Ana:2");
  await terminal.waitFor("Um nome não tem nenhum dos caracteres : @ # *");
  terminal.press("enter");
  terminal.press("backspace");
  terminal.press("backspace");
  await terminal.waitFor(({ text }) => !text.includes("nenhum dos caracteres"));
  enter(terminal, " Maria");
  await terminal.waitFor("Olá, Ana Maria!");
  enter(terminal, "/list");
  await terminal.waitFor("Ativos (além de você): Ana\n");
  enter(terminal, "/exit");
  assert.equal(await exitCode(terminal), 0);
});

Deno.test("giving up on the question for another name ends with exit code 1", async () => {
  await using server = await startServer();
  await using _ana = await startPeer(server, "Ana");
  await using terminal = await startAtTerminal("peer", peerArgs(server, "Ana"));
  await terminal.waitFor("Escolha outro:");
  terminal.press("ctrl-c");
  assert.equal(await exitCode(terminal), 1);
});

Deno.test("whoever leaves at a question has no problem: exit code 0, and not a word", async () => {
  await using terminal = await startAtTerminal("peer", ["--lang", "pt"]);
  await terminal.waitFor("Nome de usuário:");
  terminal.press("ctrl-c");
  assert.equal(await exitCode(terminal), 0);
  assert.equal(terminal.text.trim(), "Nome de usuário:");

  await using program = startPiped("peer", ["--lang", "pt", "--name", "Ana"]);
  await program.waitFor("Endereço do servidor:\n");
  program.kill("SIGINT");
  const { code, errors } = await program.ended();
  assert.deepEqual([code, errors], [0, ""]);
});

Deno.test("what is needed and not given is asked for, at a terminal with validation", async () => {
  await using server = await startServer();
  await using terminal = await startAtTerminal("peer", ["--lang", "pt"]);
  await terminal.waitFor("Nome de usuário:");
  terminal.type(" ");
  await terminal.waitFor("Um nome não começa nem termina com espaço.");
  terminal.press("ctrl-u");
  enter(terminal, "José");
  await terminal.waitFor("Endereço do servidor:");
  terminal.type("127.0.0.");
  await terminal.waitFor("Um endereço tem esta forma:");
  enter(terminal, `1:${server.chatPort}`);
  await terminal.waitFor("Olá, José!");
  assert.match(terminal.text, /^Nome de usuário: José\nEndereço do servidor: 127\.0\.0\.1:\d+\n/);
});

Deno.test("the same questions through pipes", async () => {
  await using server = await startServer();
  await using program = startPiped("peer", ["--lang", "pt"]);
  await program.waitFor("Nome de usuário:\n");
  await program.say("a:b");
  await program.waitFor("Um nome não tem nenhum dos caracteres : @ # *\nNome de usuário:\n");
  await program.say("José");
  await program.waitFor("Endereço do servidor:\n");
  await program.say("::1::1");
  await program.waitFor(/^Um endereço tem esta forma: .*\nEndereço do servidor:\n/m);
  await program.say(`127.0.0.1:${server.chatPort}`);
  await program.waitFor("Olá, José!");
});

Deno.test("an input that ends before a question is answered: one sentence, exit code 1", async () => {
  const ends = async (args: string[]) => {
    await using program = startPiped("peer", ["--lang", "pt", ...args]);
    await program.endInput();
    const { code, errors } = await program.ended();
    assert.equal(code, 1);
    return errors;
  };
  const [name, server] = await Promise.all([ends([]), ends(["--name", "Ana"])]);
  assert.equal(name, "Erro: É preciso um nome. Indique-o com --name. Exemplo: --name Ana\n");
  assert.equal(
    server,
    "Erro: É preciso o endereço do servidor. Indique-o com --server. Exemplo: --server 192.168.0.10\n",
  );
});

Deno.test("a wanted port that is taken gives way to the next free one, which is told", async () => {
  await using server = await startServer();
  using taken = Deno.listen({ hostname: "0.0.0.0", port: 0 });
  const wanted = taken.addr.port;
  await using ana = startPiped(
    "peer",
    peerArgs(server, "Ana", "--listen", String(wanted)),
  );
  const [, said, port] = await ana.waitFor(
    /^A porta (\d+) estava ocupada; os outros chegam até você pela porta (\d+)\.$/m,
  );
  assert.equal(Number(said), wanted);
  assert.ok(Number(port) > wanted);
  await server.program.waitFor(new RegExp(`USER Ana:${port}\n`));
});

Deno.test("a server that is not there is said once, with what to look at", async () => {
  const port = freePort();
  await using program = startPiped(
    "peer",
    peerArgs({ chatPort: port, registryPort: freePort() }, "Ana"),
  );
  await program.waitFor(`Não foi possível chegar ao servidor 127.0.0.1:${port}.`);
  await program.say("/list");
  await program.waitFor("O servidor está fora do ar agora");
  await program.say("/exit");
  const { code, output } = await program.ended();
  assert.equal(code, 0);
  assert.equal(output.match(/Não foi possível chegar/g)?.length, 1);
});

Deno.test("a peer in English, with the server's port in its address", async () => {
  await using server = await startServer();
  const at = `127.0.0.1:${server.chatPort}`;
  await using program = startPiped("peer", ["--server", at, "--name", "Ana", "--lang", "en"]);
  await program.waitFor(`Hello, Ana! You are connected to the server ${at}.\n`);
  await program.waitFor("To start a conversation type: /chat <name_of_an_active_user>\n");
  assert.doesNotMatch(program.output, LISTENING);
});
