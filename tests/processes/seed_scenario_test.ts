/**
 * The scenario of the seed (`seeds/001`, its table; `protocols/chat.md`) with the real programs:
 * what three people see, and every byte on the wire.
 *
 * @module
 */
import { strict as assert } from "node:assert";
import {
  enter,
  exitCode,
  freePort,
  LISTENING,
  peerArgs,
  portShown,
  type ServerPorts,
  startAtTerminal,
  startPiped,
  startServer,
  WELCOMED,
} from "./programs.ts";
import { VirtualTerminal } from "./virtual_terminal.ts";
import { onTheWire, WireTap, withoutKeepalives } from "./wire_tap.ts";

/** One of the three, however their program is driven. */
interface Person extends AsyncDisposable {
  /** Answers the question for the name and waits for the welcome; the port that it names. */
  register(name: string): Promise<number>;
  types(line: string): Promise<void>;
  sees(wanted: string | RegExp): Promise<unknown>;
  /** All that is on the screen. */
  screen(): string;
  exitCode(): Promise<number>;
}

/** Starts a peer that wants a port and has to ask for its name. */
type StartPerson = (server: ServerPorts, wantedPort: number) => Promise<Person>;

const throughPipes: StartPerson = (server, wantedPort) => {
  const program = startPiped("peer", peerArgs(server, null, "--listen", String(wantedPort)));
  return Promise.resolve({
    register: async (name) => {
      await program.waitFor("Nome de usuário:\n");
      await program.say(name);
      const [, port] = await program.waitFor(LISTENING);
      return Number(port);
    },
    types: (line) => program.say(line),
    sees: (wanted) => program.waitFor(wanted),
    screen: () => program.output,
    exitCode: async () => (await program.ended()).code,
    [Symbol.asyncDispose]: () => program[Symbol.asyncDispose](),
  });
};

const atTerminals: StartPerson = async (server, wantedPort) => {
  const args = peerArgs(server, null, "--listen", String(wantedPort));
  const terminal: VirtualTerminal = await startAtTerminal("peer", args);
  return {
    register: async (name) => {
      await terminal.waitFor("Nome de usuário:");
      enter(terminal, name);
      await terminal.waitFor(WELCOMED);
      return portShown(terminal);
    },
    types: (line) => Promise.resolve(enter(terminal, line)),
    sees: (wanted) => terminal.waitFor(wanted),
    screen: () => terminal.text,
    exitCode: () => exitCode(terminal),
    [Symbol.asyncDispose]: () => terminal[Symbol.asyncDispose](),
  };
};

async function playSeed(start: StartPerson): Promise<void> {
  await using server = await startServer();
  const { program: operator, chatPort, registryPort } = server;
  const through = (tap: WireTap) => ({ chatPort: tap.port, registryPort });
  await using anaToServer = new WireTap({ port: chatPort });
  await using brunoToServer = new WireTap({ port: chatPort });

  await using ana = await start(through(anaToServer), freePort());
  const anaPort = await ana.register("Ana");
  await operator.waitFor(/^Chat direto, 1 usuário ativo:\n.*\nAna +127\.0\.0\.1 +(\d+)$/m);

  await using bruno = await start(through(brunoToServer), freePort());
  const brunoPort = await bruno.register("Bruno");
  await bruno.types("/list");
  await bruno.sees(/^Ativos \(além de você\): Ana$/m);

  // To see what Camila and Bruno say to each other, the server's answer names a tap to Camila.
  await using brunoAndCamila = new WireTap({ port: brunoPort });
  await using camilaToServer = new WireTap({
    port: chatPort,
    change: (chunk) =>
      chunk.replace(`ADDR 127.0.0.1:${brunoPort}`, `ADDR 127.0.0.1:${brunoAndCamila.port}`),
  });
  await using camila = await start(through(camilaToServer), freePort());
  const camilaPort = await camila.register("Camila");
  await camila.types("/list");
  await camila.sees(/^Ativos \(além de você\): Ana, Bruno$/m);
  await operator.waitFor(
    new RegExp(
      [
        "3 usuários ativos:",
        "Nome +Endereço IP +Porta",
        `Ana +127\\.0\\.0\\.1 +${anaPort}`,
        `Bruno +127\\.0\\.0\\.1 +${brunoPort}`,
        `Camila +127\\.0\\.0\\.1 +${camilaPort}`,
      ].join("\n"),
    ),
  );

  await camila.types("/chat Bruno");
  await Promise.all([
    camila.sees("Conectado a Bruno (confirmado)"),
    bruno.sees("Conectado a Camila (confirmado)"),
  ]);
  await camila.types("Oi Bruno!");
  await bruno.sees(/^\d\d:\d\d:\d\d Camila: Oi Bruno!$/m);
  await bruno.types("Tudo bem, Camila?");
  await camila.sees(/^\d\d:\d\d:\d\d Bruno: Tudo bem, Camila\?$/m);
  await bruno.types("Tchau");
  await camila.sees(/^\d\d:\d\d:\d\d Bruno: Tchau$/m);
  await bruno.types("/bye");
  await Promise.all([
    bruno.sees("Você encerrou a conversa com Camila."),
    camila.sees("Bruno encerrou a conversa."),
  ]);
  assert.equal(brunoAndCamila.connections.length, 1);
  const conversation = brunoAndCamila.connections[0]!;
  await conversation.ended;
  assert.equal(conversation.forth, onTheWire("USER Camila\r\nOi Bruno!\r\n"));
  assert.equal(conversation.back, onTheWire("Tudo bem, Camila?\r\nTchau\r\nDISC\r\n"));

  // In the seed's table it is Ana who types into nothing, on the protocol's page it is Bruno.
  for (const person of [ana, bruno]) {
    await person.types("Alguém aí?");
    await person.sees(/^Nenhuma conexão P2P ativa$/m);
  }
  await ana.types("/exit");
  await ana.sees("Até logo!");
  assert.equal(await ana.exitCode(), 0);
  await anaToServer.connections[0]!.ended;
  await camila.types("/list");
  await camila.sees(/^Ativos \(além de você\): Bruno$/m);
  await bruno.types("/exit");
  assert.equal(await bruno.exitCode(), 0);
  await brunoToServer.connections[0]!.ended;
  await camila.types("/list");
  await camila.sees(/^Ninguém mais está ativo\.$/m);
  await camila.types("/exit");
  assert.equal(await camila.exitCode(), 0);
  await camilaToServer.connections[0]!.ended;

  assert.deepEqual(wireOf(anaToServer), {
    peer: `USER Ana:${anaPort}\r\nLIST\r\n`,
    server: "LIST \r\n",
  });
  assert.deepEqual(wireOf(brunoToServer), {
    peer: `USER Bruno:${brunoPort}\r\nLIST\r\n` + "LIST\r\n" + "ADDR Camila\r\nLIST\r\n",
    server: "LIST Ana\r\n" + "LIST Ana\r\n" +
      `ADDR 127.0.0.1:${camilaPort}\r\nLIST Ana:Camila\r\n`,
  });
  assert.deepEqual(wireOf(camilaToServer), {
    peer: `USER Camila:${camilaPort}\r\nLIST\r\n` + "LIST\r\n" + "ADDR Bruno\r\nLIST\r\n" +
      "LIST\r\n" + "LIST\r\n",
    server: "LIST Ana:Bruno\r\n" + "LIST Ana:Bruno\r\n" +
      `ADDR 127.0.0.1:${brunoPort}\r\nLIST Ana:Bruno\r\n` + "LIST Bruno\r\n" + "LIST \r\n",
  });
  for (const person of [ana, bruno, camila]) {
    assert.doesNotMatch(person.screen(), /USER|ADDR|DISC|KEEP/, "the protocol is not shown");
  }
}

/**
 * What went over the one connection of a tap, without what a peer does every few seconds: to keep its
 * lease, and to ask for its own address and be told.
 */
function wireOf(tap: WireTap): { peer: string; server: string } {
  assert.equal(tap.connections.length, 1);
  const { forth, back } = tap.connections[0]!;
  const [, name, port] = /^USER (.+):(\d+)\r\n/.exec(forth)!;
  return {
    peer: withoutKeepalives(forth).replaceAll(`ADDR ${name}\r\n`, ""),
    server: back.replaceAll(`ADDR 127.0.0.1:${port}\r\n`, ""),
  };
}

Deno.test("the seed's scenario through pipes", () => playSeed(throughPipes));

Deno.test("the seed's scenario at three terminals", () => playSeed(atTerminals));
