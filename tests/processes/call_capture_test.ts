import assert from "node:assert/strict";
import { OPUS } from "../../lib/protocol/rtp.ts";
import { speechLike } from "../media/speech_like.ts";
import { FileCall } from "./call_rig/file_call.ts";
import { symmetricPath } from "./call_rig/udp_proxy.ts";

const SECONDS = 3;
/** Packets a second. */
const PACE = 50;

/**
 * What tshark prints about a capture.
 *
 * @throws {Error} where it is not installed or cannot read the capture
 */
async function tshark(capture: string, ...args: string[]): Promise<string> {
  const command = new Deno.Command("tshark", { args: ["-r", capture, ...args] });
  const { success, stdout, stderr } = await command.output().catch((error) => {
    throw new Error("this test needs tshark (apt-get install tshark)", { cause: error });
  });
  if (!success) throw new Error(`tshark: ${new TextDecoder().decode(stderr)}`);
  return new TextDecoder().decode(stdout);
}

Deno.test("a capture of a call is RTP to tshark: Opus both ways, nothing lost or out of order", async () => {
  const folder = await Deno.makeTempDir({ prefix: "prosa-capture-" });
  await using resources = new AsyncDisposableStack();
  resources.defer(() => Deno.remove(folder, { recursive: true }));
  const capture = `${folder}/call.pcap`;
  const said = { caller: speechLike(SECONDS, 31), callee: speechLike(SECONDS, 32) };
  const call = resources.use(await FileCall.start(said, { ...symmetricPath({}, 1), capture }));
  await call.pair.connect();
  await call.spoken();
  await call.pair.hangUp();
  await call.leave();
  const ports = Object.values(call.pair.proxy!.ports);
  const asRtp = ports.flatMap((port) => ["-d", `udp.port==${port},rtp`]);

  const streams = (await tshark(capture, ...asRtp, "-q", "-z", "rtp,streams"))
    .split("\n").filter((line) => line.includes("0x"));
  assert.equal(streams.length, 2, streams.join("\n"));
  for (const stream of streams) assert.match(stream, / 0 \(0\.0%\) /);

  const fields = ["udp.dstport", "rtp.p_type", "rtp.seq", "rtp.timestamp"];
  const printed = await tshark(
    capture,
    ...asRtp,
    ...["-Y", "rtp && rtp.version == 2", "-T", "fields"],
    ...fields.flatMap((field) => ["-e", field]),
  );
  const packets = printed.trim().split("\n").map((line) => line.split("\t").map(Number));
  for (const port of ports) {
    const way = packets.filter(([target]) => target === port);
    assert.ok(way.length >= SECONDS * PACE, `${way.length} packets to ${port}`);
    assert.deepEqual([...new Set(way.map(([, type]) => type))], [OPUS.payloadType]);
    way.slice(1).forEach(([, , sequence, timestamp], index) => {
      const [, , sequenceBefore, timestampBefore] = way[index]!;
      assert.equal(sequence, (sequenceBefore! + 1) % 2 ** 16);
      const steps = (timestamp! - timestampBefore! + 2 ** 32) % 2 ** 32;
      assert.ok(steps > 0 && steps % (OPUS.clockRate / PACE) === 0, `${steps} steps`);
    });
  }
});
