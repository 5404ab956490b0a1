/**
 * People who are about to vanish: registers so many names with the chat and with the call registry,
 * says so, and then nothing more. `HOST CHAT_PORT REGISTRY_PORT COUNT`.
 *
 * @module
 */
const [host = "", chatPort, registryPort, count] = Deno.args;
const open: Deno.TcpConn[] = [];

for (let index = 0; index < Number(count); index += 1) {
  const registro = JSON.stringify({ type: "registro", nome: `Perdida ${index}`, porta: 6000 });
  await say(Number(registryPort), `${registro}\n`, "registro_ok");
  await say(Number(chatPort), `USER Perdido ${index}:${20_000 + index}\r\nLIST\r\n`, "LIST");
}
console.log("registered");
// The connections are open for as long as somebody waits for this process.
for await (const _ of Deno.stdin.readable);

/** Connects for good and says something that is answered. */
async function say(port: number, request: string, answer: string): Promise<void> {
  const conn = await Deno.connect({ hostname: host, port });
  open.push(conn);
  await conn.write(new TextEncoder().encode(request));
  const buffer = new Uint8Array(64 * 1024);
  const length = await conn.read(buffer) ?? 0;
  const text = new TextDecoder().decode(buffer.subarray(0, length));
  if (!text.includes(answer)) throw new Error(text);
}
