/**
 * The disk of a server's directory and log is full, or can only be read, and has room again.
 *
 * @module
 */
import assert from "node:assert/strict";
import {
  peerArgs,
  type RunningServer,
  startPeer,
  startPiped,
  startServer,
} from "../../processes/programs.ts";
import { LogFile } from "../../../lib/runtime/log_file.ts";
import { LineClient } from "../../runtime/line_client.ts";
import { SmallDisk } from "../small_disk.ts";
import { shows } from "./killable_server.ts";

/** KiB: an empty directory, its write-ahead log and some hundred registrations. */
const ROOM = 512;

async function ask(port: number, request: unknown) {
  using client = await LineClient.connect(port);
  await client.send(JSON.stringify(request) + "\n");
  const line = await client.readLine();
  return line === null ? null : JSON.parse(line);
}

/** Registers a name that takes some room; whether it was acknowledged. */
async function enter({ registryPort }: RunningServer, name: string): Promise<boolean> {
  const request = { type: "REGISTER", namespace: "g".repeat(64), name, port: 7000 };
  const reply = await ask(registryPort, request);
  // The protocol has no word for a directory that takes nobody: silence.
  assert.ok(reply === null || reply.status === "OK", JSON.stringify(reply));
  return reply !== null;
}

async function listed({ registryPort }: RunningServer): Promise<string[]> {
  const reply = await ask(registryPort, { type: "DISCOVER", namespace: "g".repeat(64) });
  return reply.peers.map(({ name }: { name: string }) => name);
}

function permissions(disk: SmallDisk): string[] {
  return ["--allow-net", `--allow-read=${disk.path}`, `--allow-write=${disk.path}`];
}

/** A record of a log; none where a line is torn. */
function readable(line: string): { readonly lost?: number }[] {
  try {
    return [JSON.parse(line)];
  } catch {
    return [];
  }
}

// Without the rights to mount a disk there is none to fill.
if (SmallDisk.possible) {
  Deno.test("a directory whose disk is full: who is here stays, nobody new, told once, nothing lost", async () => {
    using disk = new SmallDisk(ROOM);
    const options = { permissions: permissions(disk) };
    const acknowledged: string[] = [];
    const refused: string[] = [];
    {
      await using server = await startServer(["--quiet", "--data", disk.path], options);
      await using ana = await startPeer(server, "Ana");
      await shows(ana, [/^Você está registrado como Ana@geral/m]);
      disk.fill();
      // What the log has room for still goes in; then none does.
      for (let count = 0; refused.length < 5; count += 1) {
        const name = `n${count}`;
        (await enter(server, name) ? acknowledged : refused).push(name);
      }
      await server.program.waitFor(
        /^O armazenamento do diretório falhou \(.*\)\. Quem está aqui fica;/m,
      );
      assert.deepEqual(await listed(server), acknowledged);
      const node = { type: "NODE_REGISTER", name: "Bia", port: 7001, files: [] };
      assert.deepEqual(await ask(server.registryPort, node), { status: "ERROR", error: "full" });

      await using bruno = await startPeer(server, "Bruno");
      await shows(bruno, [/^O rendezvous \S+ não responde \(fechada sem resposta\)/m]);
      await bruno.say("/chat Ana");
      await ana.waitFor("Conectado a Bruno (confirmado)");
      await bruno.say("aqui ainda se conversa");
      await ana.waitFor("Bruno: aqui ainda se conversa\n");

      disk.makeRoom();
      await shows(bruno, [/^Você está registrado como Bruno@geral/m]);
      await server.program.waitFor("O armazenamento do diretório voltou.\n");
      assert.ok(await enter(server, "at last"));
      acknowledged.push("at last");
      assert.equal(server.program.output.split("falhou").length, 2, "said once");
      assert.equal(server.program.errors, "");
      server.program.kill("SIGKILL");
      await server.program.ended();
    }
    await using server = await startServer(["--quiet", "--data", disk.path], options);
    assert.deepEqual(await listed(server), acknowledged);
    const { peers } = await ask(server.registryPort, { type: "DISCOVER", namespace: "geral" });
    assert.ok(peers.length === 2, "Ana and Bruno");
  });

  Deno.test("a disk that is full at the start, or can only be read, is one sentence", async () => {
    using disk = new SmallDisk(ROOM);
    const options = { permissions: permissions(disk) };
    const args = ["--data", disk.file("folder"), "--chat-port", "0", "--registry-port", "0"];
    const start = async () => {
      await using program = startPiped("server", [...args, "--lang", "pt"], options);
      return await program.ended();
    };
    const sentence = (reason: string) =>
      `Erro: Não foi possível guardar o diretório em ${disk.file("folder/directory.sqlite")} ` +
      `(${reason}). Escolha outra pasta com --data\n`;
    disk.fill();
    const full = await start();
    assert.equal(full.code, 1);
    assert.equal(full.errors, sentence("o disco está cheio"));
    disk.makeRoom();
    {
      await using server = await startServer(["--data", disk.file("folder")], options);
      assert.ok(await enter(server, "n"));
    }
    disk.makeReadOnly();
    const readOnly = await start();
    assert.equal(readOnly.code, 1);
    assert.equal(readOnly.errors, sentence("não dá para gravar nada lá"));
  });

  Deno.test("a log counts every record that had no room, whatever was written of it", async () => {
    using disk = new SmallDisk(64);
    const told: string[] = [];
    let added = 0;
    {
      await using log = await LogFile.open(disk.file("log"), {
        failed: () => told.push("failed"),
        works: () => told.push("works"),
      });
      const add = async () => {
        added += 1;
        log.add("record", { text: "x".repeat(1 + added % 700) });
        await new Promise((resolve) => setTimeout(resolve));
      };
      for (const full of [1, 2]) {
        await add();
        disk.fill();
        while (told.length < 2 * full - 1) await add();
        for (let count = 0; count < 20; count += 1) await add();
        disk.makeRoom();
        while (told.length < 2 * full) await add();
      }
    }
    assert.deepEqual(told, ["failed", "works", "failed", "works"]);
    const lines = Deno.readTextFileSync(disk.file("log")).trimEnd().split("\n");
    const records = lines.flatMap(readable);
    assert.ok(lines.length - records.length <= 2, "at most a torn one for each time");
    const lost = records.reduce((sum, record) => sum + (record.lost ?? 0), 0);
    assert.equal(records.length + lost, added);
  });

  for (const program of ["server", "peer"] as const) {
    Deno.test(`a ${program} whose log has no room goes on, says so once, and counts what is missing`, async () => {
      using disk = new SmallDisk(64);
      const log = disk.file("log");
      await using server = await startServer(
        program === "server" ? ["--log-file", log] : ["--quiet"],
        { permissions: permissions(disk) },
      );
      const more = program === "peer" ? ["--log-file", log] : [];
      await using ana = startPiped("peer", peerArgs(server, "Ana", ...more), {
        permissions: permissions(disk),
      });
      await ana.waitFor("Para sair: /exit\n");
      const teller = program === "peer" ? ana : server.program;
      disk.fill();
      const failed = /^O registro em \S+ não pode ser gravado agora \(.*\)\. O programa continua;/m;
      // There is room in the last block of the file still.
      while (!failed.test(teller.output)) {
        await ana.say("/list");
        await ana.waitFor("Ninguém mais está ativo.\n");
      }
      for (let count = 0; count < 5; count += 1) {
        await ana.say("/list");
        await ana.waitFor("Ninguém mais está ativo.\n");
      }
      disk.makeRoom();
      await ana.say("/list");
      await teller.waitFor(/^O registro em \S+ é gravado de novo\.$/m);
      disk.fill();
      await ana.say("/exit");
      const { code, errors, output } = await ana.ended();
      assert.deepEqual({ code, errors }, { code: 0, errors: "" });
      if (program === "peer") assert.equal(output.split("não pode ser gravado agora").length, 2);
      const records = Deno.readTextFileSync(log).split("\n").flatMap(readable);
      assert.ok(records.some(({ lost = 0 }) => lost > 0), "what is missing is counted");
    });
  }
}
