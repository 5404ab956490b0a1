/**
 * Somebody who comes while the server's Redis is away, with real processes: nobody can say whether a
 * name is free, and so it is not called taken; who waits is welcomed when Redis is back.
 *
 * @module
 */
import assert from "node:assert/strict";
import { peerArgs, startPeer, startPiped, startServer } from "../../processes/programs.ts";
import { LineClient } from "../line_client.ts";
import { RedisProcess } from "./redis_process.ts";

Deno.test("who comes while Redis is away is told so, and welcomed when it is back", async () => {
  await using redis = await RedisProcess.start();
  await using server = await startServer(["--store", redis.url]);
  await redis.kill();
  await server.program.waitFor(/^O armazenamento do diretório falhou \(.*\)/m);

  await using caio = startPiped("peer", peerArgs(server, "Caio"));
  await server.program.waitFor(/USER Caio:\d+\n[^]*LIST\n/);
  {
    using called = await LineClient.connect(server.registryPort);
    await called.send('{"type":"registro","nome":"Eva","porta":6000}\n');
    assert.match(await called.readLine() ?? "closed", /"servidor_cheio"/);
  }
  await redis.again();
  await server.program.waitFor("O armazenamento do diretório voltou.");
  await caio.waitFor("aceita a conexão e não responde");
  await caio.waitFor("Olá, Caio!");
  await server.program.waitFor("Ligações de voz, 1 usuário ativo:\n");

  await using davi = await startPeer(server, "Davi");
  await davi.say("/list");
  await davi.waitFor("Ativos (além de você): Caio\n");
  await caio.say("/exit");
  const { code, output } = await caio.ended();
  assert.equal(code, 0);
  assert.doesNotMatch(output, /em uso/);
});
