import { strict as assert } from "node:assert";
import { until } from "./line_client.ts";
import { RunningServer } from "./running_server.ts";

Deno.test("the voice registry keeps its connection open, beside one-shot requests", async () => {
  await using running = await RunningServer.open();
  using joao = await running.registry();
  await joao.send('{"type":"registro","nome":"João","porta":6000}\n');
  assert.deepEqual(JSON.parse(await joao.readLine() ?? ""), {
    type: "registro_ok",
    nome: "João",
    ip: "127.0.0.1",
    porta: 6000,
  });
  assert.deepEqual(await running.ask('{"type":"DISCOVER"}'), ['{"status":"OK","peers":[]}']);

  using maria = await running.registry();
  await maria.send('{"type":"registro","nome":"Maria","porta":6050}\n');
  await maria.readLine();
  await maria.send('{"type":"consulta","nome":"João"}\n{"type":"consulta","nome":"Eva"}\n');
  assert.equal(
    await maria.readLine(),
    '{"type":"consulta_ok","nome":"João","ip":"127.0.0.1","porta":6000}',
  );
  assert.equal(
    await maria.readLine(),
    '{"type":"consulta_erro","nome":"Eva","erro":"nao_registrado"}',
  );
  assert.deepEqual((await running.server.users("call")).map(({ name }) => name), [
    "João",
    "Maria",
  ]);

  await joao.send('{"type":"encerramento","nome":"João"}\n');
  assert.equal(await joao.readLine(), '{"type":"encerramento_ok","nome":"João"}');
  await joao.closed();
  maria[Symbol.dispose]();
  await until(() => running.count("user_removed") === 2, "a lost connection takes its entry along");
});
