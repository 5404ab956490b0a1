/**
 * A program by somebody else who read the exercise: raw sockets, the four instructions and nothing
 * more, lines that end with a bare `\n`.
 *
 * @module
 */
import { strict as assert } from "node:assert";
import { once } from "node:events";
import { type AddressInfo, createServer, type Server, type Socket } from "node:net";
import { OutputWatch } from "./output_watch.ts";
import { RawClient } from "./raw_client.ts";
import { startPeer, startServer } from "./programs.ts";

Deno.test("it registers, lists, asks, keeps its name alive and leaves", async () => {
  await using server = await startServer();
  await using ana = await startPeer(server, "Ana");
  await using other = await RawClient.connect(server.chatPort);
  other.send("USER Zeca:3000\nLIST\n");
  await other.waitFor("LIST Ana\r\n");
  other.send("KEEP\nADDR Ana\nADDR Ninguém\nLIST\n");
  await other.waitFor(`ADDR 127.0.0.1:${ana.port}\r\nLIST Ana\r\n`);
  assert.equal(other.came, `LIST Ana\r\nADDR 127.0.0.1:${ana.port}\r\nLIST Ana\r\n`);
  await ana.say("/list");
  await ana.waitFor("Ativos (além de você): Zeca\n");
  other.socket.end();
  await other.closed();
  await ana.say("/list");
  await ana.waitFor("Ninguém mais está ativo.\n");
});

Deno.test("its call: who it is and what it says in one segment, lines in any cut, DISC", async () => {
  await using server = await startServer();
  await using ana = await startPeer(server, "Ana");
  await using registered = await RawClient.connect(server.chatPort);
  registered.send("USER Zeca:3000\nLIST\n");
  await registered.waitFor("LIST Ana\r\n");
  await using call = await RawClient.connect(ana.port);
  call.send("USER Zeca\nprimeira\nsegun");
  await ana.waitFor("Conectado a Zeca (confirmado)\n");
  await ana.waitFor("Zeca: primeira\n");
  call.send("da\r\ndisc\nDISC \nUSER Zeca\n");
  for (const text of ["segunda", "disc", "DISC ", "USER Zeca"]) {
    await ana.waitFor(`Zeca: ${text}\n`);
  }
  await ana.say("DISC");
  await ana.say("até");
  await call.waitFor("DISC \r\naté\r\n");
  call.send("tchau\nDISC\n");
  await ana.waitFor("Zeca: tchau\n");
  await ana.waitFor("Zeca encerrou a conversa.\n");
  await call.closed();
  assert.equal(call.came, "DISC \r\naté\r\n");
});

Deno.test("called by our peer it gets USER, the text and DISC; it answers and closes", async () => {
  await using listener = await Callee.listen();
  await using server = await startServer();
  await using ana = await startPeer(server, "Ana");
  await using registered = await RawClient.connect(server.chatPort);
  registered.send(`USER Zeca:${listener.port}\nLIST\n`);
  await registered.waitFor("LIST Ana\r\n");
  await ana.say("/chat Zeca");
  await ana.waitFor("Conectado a Zeca (confirmado)\n");
  await ana.say("Olá, Zeca");
  await listener.came.next("USER Ana\r\nOlá, Zeca\r\n");
  listener.send("tudo bem\n");
  await ana.waitFor("Zeca: tudo bem\n");
  await ana.say("/bye");
  await listener.came.next("DISC\r\n");
  assert.equal(listener.came.text, "USER Ana\r\nOlá, Zeca\r\nDISC\r\n");

  // And once more, with a callee that goes without a word.
  await ana.say("/chat Zeca");
  await listener.came.next("USER Ana\r\n");
  listener.hangUp();
  await ana.waitFor("A conversa com Zeca caiu sem despedida. Para chamar de novo: /chat Zeca\n");
});

/** Accepts calls, collects what comes, and closes when the other side does. */
class Callee implements AsyncDisposable {
  readonly came = new OutputWatch("callee");
  #caller: Socket | null = null;

  private constructor(readonly server: Server) {
    server.on("connection", (socket) => {
      this.#caller = socket.setEncoding("utf8");
      socket.on("data", (text: string) => this.came.add(text));
      socket.on("error", () => {});
    });
  }

  static async listen(): Promise<Callee> {
    const server = createServer();
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    return new Callee(server);
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  send(text: string): void {
    this.#caller!.write(text);
  }

  hangUp(): void {
    this.#caller!.end();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#caller?.destroy();
    await new Promise((resolve) => this.server.close(resolve));
  }
}
