import { MIB } from "../../lib/base/units.ts";
import { inTime } from "../processes/output_watch.ts";
import type { Attack } from "./attack.ts";
import { HostileClient } from "./hostile_client.ts";
import { PeerTarget } from "./peer_target.ts";

const MEBIBYTE = new Uint8Array(MIB).fill(0x78);
const NOT_UTF8 = Uint8Array.of(0x4f, 0x69, 0xff, 0xfe, 0xc0, 0x80, 0xed, 0xa0, 0x80, 0x0d, 0x0a);
const HELLO = '{"type":"HELLO","peer_id":"mal@x","version":"1.0","features":[],"ttl":1}\n';

/** Lines that are too long, that are no text, and more of them than anybody reads. */
export const peerLines: Attack<PeerTarget> = {
  name: "peer-lines",
  deed:
    "lines of 1 MiB before and after a greeting, in chat and between peers; bytes that are no " +
    "UTF-8; a chat partner that sends texts as fast as it can",
  outcome:
    "a chat partner with a line that is too long is let go of, a neighbour is told and the " +
    "line is skipped; what is no UTF-8 is shown as �; a partner is read 400 lines a second",
  open: () => PeerTarget.open(),
  async run(target, end) {
    const { peer, at: { port } } = target;
    const inChat = async (greeting: string): Promise<void> => {
      await using client = await HostileClient.connect(port);
      client.send(greeting);
      await client.pour(MEBIBYTE, end);
      await inTime(client.closed, "the connection is not cut");
    };
    const betweenPeers = async (greeting: string): Promise<number> => {
      await using client = await HostileClient.connect(port);
      client.send(greeting);
      const times = await client.pour(MEBIBYTE, end);
      // `ERROR line_too_long`, once: the line has no end.
      if (client.received === 0) throw new Error("the neighbour is told nothing");
      return times;
    };
    const shown = /Mallory.*\uFFFD/;
    const pour = async (): Promise<number> => {
      await using client = await HostileClient.connect(port, { from: "127.0.0.5" });
      client.send("USER Mallory\r\n");
      return await client.pour(NOT_UTF8, end);
    };
    const [texts, skipped, again] = await Promise.all([
      pour(),
      betweenPeers("{"),
      betweenPeers(HELLO),
      inChat(""),
      inChat("USER Mallory\r\n"),
    ]);
    // Who writes is looked up first, which may take as long as all of it did.
    await target.until((output) => shown.test(output));
    return {
      "chats cut for a long line": 2,
      "MiB of long lines skipped between peers": skipped + again,
      "texts sent": texts,
      "texts shown": peer.output.match(new RegExp(shown, "g"))!.length,
    };
  },
};
