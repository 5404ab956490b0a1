import { strict as assert } from "node:assert";
import { joinCommand, peerCommand } from "../../../lib/terminal/views/join_command.ts";

Deno.test("others are told of a port only where it is not the usual one", () => {
  const cases: [number, number, string, string][] = [
    [10000, 5000, "192.168.0.10", "peer --server 192.168.0.10"],
    [12000, 5000, "192.168.0.10", "peer --server 192.168.0.10:12000"],
    [10000, 5001, "192.168.0.10", "peer --server 192.168.0.10 --registry-port 5001"],
    [12000, 5001, "fe80::1", "peer --server [fe80::1]:12000 --registry-port 5001"],
  ];
  for (const [chat, registry, host, expected] of cases) {
    assert.equal(joinCommand("peer", host, { chat, registry }), expected);
  }
});

Deno.test("from the sources others start with npx, with a single file by its name", () => {
  assert.match(
    peerCommand("file:///prosa/main_peer.ts"),
    /^npx --yes deno@\d+\.\d+\.\d+ task peer$/,
  );
  assert.equal(peerCommand("file:///cache/prosa/peer.js"), `./peer-${Deno.build.target}`);
});
