import assert from "node:assert/strict";
import { startServer } from "../programs.ts";
import { RegistryProxy, withMovedPort } from "./registry_proxy.ts";

const HOST = "127.0.0.1";

/** What one connection is answered to these lines. */
async function answers(port: number, ...lines: string[]): Promise<string[]> {
  using conn = await Deno.connect({ hostname: HOST, port });
  await conn.write(new TextEncoder().encode(lines.map((line) => `${line}\n`).join("")));
  await conn.closeWrite();
  let text = "";
  for await (const part of conn.readable.pipeThrough(new TextDecoderStream())) text += part;
  return text.trimEnd().split("\n");
}

Deno.test("registry proxy: only the answer about one name has another port", () => {
  const moved = { name: "Bia", port: 7 };
  const answer = (nome: string, porta: number) =>
    `${JSON.stringify({ type: "consulta_ok", nome, ip: HOST, porta })}\n`;
  assert.equal(withMovedPort(answer("Bia", 6000).trim(), moved), answer("Bia", 7));
  assert.equal(withMovedPort(answer("Ana", 6000).trim(), moved), answer("Ana", 6000));
  const registered = '{"type":"registro_ok","nome":"Bia", "porta":6000}';
  assert.equal(withMovedPort(registered, moved), `${registered}\n`);
});

Deno.test("registry proxy: a real registry is asked through it, on one connection and on more", async () => {
  await using server = await startServer();
  await using proxy = new RegistryProxy(server.registryPort, { name: "Bia", port: 7 });
  const registration = JSON.stringify({ type: "registro", nome: "Bia", ip: HOST, porta: 6000 });
  const question = JSON.stringify({ type: "consulta", nome: "Bia" });
  const [registered, found] = await answers(proxy.port, registration, question);
  const address = { nome: "Bia", ip: HOST };
  assert.deepEqual(JSON.parse(registered!), { type: "registro_ok", ...address, porta: 6000 });
  assert.deepEqual(JSON.parse(found!), { type: "consulta_ok", ...address, porta: 7 });
  const [reply] = await answers(proxy.port, JSON.stringify({ type: "DISCOVER", namespace: "x" }));
  assert.deepEqual(await answers(server.registryPort, '{"type":"DISCOVER","namespace":"x"}'), [
    reply,
  ]);
});
