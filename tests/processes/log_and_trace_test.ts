import { strict as assert } from "node:assert";
import { join } from "node:path";
import { RawClient } from "./raw_client.ts";
import {
  peerArgs,
  type ProgramName,
  runPiped,
  startPeer,
  startPiped,
  startServer,
} from "./programs.ts";

const OPTIONS: Readonly<Record<ProgramName, readonly string[]>> = {
  server: ["--host", "127.0.0.1", "--chat-port", "0", "--registry-port", "0", "--lang", "pt"],
  peer: ["--server", "127.0.0.1", "--name", "Ana", "--lang", "pt"],
};

for (const program of ["server", "peer"] as const) {
  Deno.test(`${program}: a log that may not be written is one sentence with the flag`, async () => {
    const args = [...OPTIONS[program], "--log-file", "prosa.log"];
    assert.deepEqual(await runPiped(program, args), {
      code: 1,
      output: "",
      errors:
        "Erro: Falta permissão para gravar o registro em prosa.log. Inicie o programa com --allow-write\n",
    });
  });

  Deno.test(`${program}: a log that cannot be written is one sentence`, async () => {
    const folder = await Deno.makeTempDir();
    const args = [...OPTIONS[program], "--log-file", folder];
    const permissions = ["--allow-net", "--allow-write"];
    const { code, output, errors } = await runPiped(program, args, { permissions });
    await Deno.remove(folder);
    assert.deepEqual({ code, output }, { code: 1, output: "" });
    assert.match(errors, /^Erro: Não foi possível gravar o registro em .*--log-file\n$/);
  });
}

Deno.test({
  name: "where the system keeps its own files, no flag is said to be missing",
  ignore: Deno.build.os !== "linux",
  async fn() {
    const permissions = ["--allow-net", "--allow-read", "--allow-write"];
    const [log, data] = await Promise.all(
      [["--log-file", "/proc/prosa"], ["--data", "/proc/prosa"]].map((args) =>
        runPiped("server", [...OPTIONS.server, ...args], { permissions })
      ),
    );
    for (const { code, errors } of [log!, data!]) {
      assert.equal(code, 1);
      assert.match(errors, /^Erro: .* \/proc\/prosa\S* \(o sistema não permite\)\. Escolha .*\n$/);
    }
  },
});

Deno.test("both logs: every line is JSON with a time and an event", async () => {
  const folder = await Deno.makeTempDir();
  const files = { server: join(folder, "server.log"), peer: join(folder, "peer.log") };
  const permissions = ["--allow-net", `--allow-write=${folder}`];
  {
    await using server = await startServer(["--quiet", "--log-file", files.server], {
      permissions,
    });
    await using ana = startPiped(
      "peer",
      peerArgs(server, "Ana", "--log-file", files.peer),
      { permissions },
    );
    await ana.waitFor("Para sair: /exit\n");
    await using caller = await RawClient.connect(server.chatPort);
    caller.send('USER "Zé":3000\r\n\x1b[2J\r\n');
    caller.send(Uint8Array.of(0xff, 0x22, 0x0d, 0x0a));
    caller.send("LIST\r\n");
    await caller.waitFor("LIST Ana\r\n");
    await ana.say("/list");
    await ana.waitFor("Zé");
    await ana.say("/exit");
    assert.equal((await ana.ended()).code, 0);
    server.program.kill("SIGTERM");
    assert.equal((await server.program.ended()).code, 0);
  }
  const [server, peer] = [await readLog(files.server), await readLog(files.peer)];
  await Deno.remove(folder, { recursive: true });
  const events = [server.at(0), ...server.slice(-2)].map((record) => record?.event);
  assert.deepEqual(events, ["listening", "ended", "counts"]);
  assert.ok(server.some(({ event, name }) => event === "user_added" && name === '"Zé"'));
  assert.ok(server.some(({ event, text }) => event === "in" && text === "␛[2J"));
  assert.ok(server.some(({ event, text }) => event === "in" && text === '\ufffd"'));
  assert.ok(peer.some(({ event, text }) => event === "out" && /^USER Ana:\d+$/.test(`${text}`)));
  assert.ok(peer.some(({ event, text }) => event === "in" && text === 'LIST "Zé"'));
  assert.ok(peer.some(({ event }) => event === "registered"));
});

Deno.test("a tracing peer shows every message of the protocol, with time and direction", async () => {
  await using server = await startServer();
  await using ana = await startPeer(server, "Ana", "--trace");
  const traced = ana.output;
  const at = String.raw`^\d\d:\d\d:\d\d `;
  const toServer = String.raw`127\.0\.0\.1:${server.chatPort} {2}`;
  assert.match(traced, new RegExp(`${at}→ ${toServer}USER Ana:${ana.port}$`, "m"));
  assert.match(traced, new RegExp(`${at}→ ${toServer}LIST$`, "m"));
  assert.match(traced, new RegExp(`${at}← ${toServer}LIST $`, "m"));
  await using caller = await RawClient.connect(ana.port);
  caller.send("USER Bruno\r\nDISC\r\n");
  await ana.waitFor(new RegExp(String.raw`${at}← (Bruno )?127\.0\.0\.1:\d+ {2}USER Bruno$`, "m"));
  await ana.waitFor(new RegExp(`${at}→ ${toServer}ADDR Bruno$`, "m"));
  await ana.waitFor("?Bruno encerrou a conversa.\n");
});

async function readLog(file: string): Promise<Record<string, unknown>[]> {
  const lines = (await Deno.readTextFile(file)).trimEnd().split("\n");
  const records = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
  for (const { time, event } of records) {
    assert.equal(new Date(String(time)).toISOString(), time);
    assert.match(String(event), /^[a-z_]+$/);
  }
  return records;
}
