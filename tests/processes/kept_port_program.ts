/**
 * Keeps a port and takes all that the system still gives; prints both.
 *
 * @module
 */
import { KeptPort } from "./kept_port.ts";

await using kept = await KeptPort.take();
await using given = new AsyncDisposableStack();
const ports: number[] = [];
try {
  for (;;) {
    const listener = given.use(Deno.listen({ hostname: "127.0.0.1", port: 0 }));
    ports.push(listener.addr.port);
  }
} catch (error) {
  if (!(error instanceof Deno.errors.AddrInUse)) throw error;
}
console.log(JSON.stringify({ kept: kept.port, ports }));
