/**
 * Stands between a network and the next, as a router with address translation does: connections to
 * each given port go on to the same port of another machine, which sees the router's address. What
 * the router is not told of, it lets nobody in for. Says so when it listens, and goes on until it is
 * killed.
 *
 * Arguments: the other machine's address, then the ports.
 *
 * @module
 */
const [target, ...ports] = Deno.args;

for (const port of ports.map(Number)) serve(port);
console.log("routing");

async function serve(port: number): Promise<void> {
  for await (const near of Deno.listen({ hostname: "0.0.0.0", port })) {
    connect(near, port).catch(() => near.close());
  }
}

async function connect(near: Deno.TcpConn, port: number): Promise<void> {
  const far = await Deno.connect({ hostname: target!, port });
  near.readable.pipeTo(far.writable).catch(() => {});
  far.readable.pipeTo(near.writable).catch(() => {});
}
