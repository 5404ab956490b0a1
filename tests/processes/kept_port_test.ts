import { strict as assert } from "node:assert";
import { fileURLToPath } from "node:url";
import { KeptPort } from "./kept_port.ts";

const HOST = "127.0.0.1";
const PROGRAM = fileURLToPath(new URL("kept_port_program.ts", import.meta.url));

Deno.test("a kept port refuses who connects, and whoever names it listens there", async () => {
  await using kept = await KeptPort.take();
  const { port } = kept;
  for (let time = 0; time < 2; time += 1) {
    await assert.rejects(Deno.connect({ hostname: HOST, port }), Deno.errors.ConnectionRefused);
    using listener = Deno.listen({ hostname: HOST, port });
    using near = await Deno.connect({ hostname: HOST, port });
    using far = await listener.accept();
    assert.equal(far.remoteAddr.port, near.localAddr.port);
  }
});

/** Runs a command in a network of its own. */
async function inOwnNetwork(...args: string[]) {
  const { success, stdout } = await new Deno.Command("unshare", { args: ["--net", ...args] })
    .output();
  return { success, output: new TextDecoder().decode(stdout) };
}

Deno.test({
  name: "a kept port is given to nobody else, were it the last",
  // Without the rights to make a network there is none with few ports.
  ignore: !await inOwnNetwork("true").then(({ success }) => success, () => false),
  async fn() {
    const script = "ip link set lo up" +
      ' && echo "40000 40011" >/proc/sys/net/ipv4/ip_local_port_range' +
      ' && exec "$0" run --allow-net "$1"';
    const { success, output } = await inOwnNetwork("sh", "-c", script, Deno.execPath(), PROGRAM);
    assert.ok(success);
    const { kept, ports } = JSON.parse(output);
    assert.ok(ports.length > 0);
    assert.ok(!ports.includes(kept), `${kept} of ${ports}`);
  },
});
