import assert from "node:assert/strict";
import { isPort } from "../../../lib/base/address.ts";
import { LIMITS } from "../../../lib/base/limits.ts";
import { wireNameFault } from "../../../lib/base/names.ts";
import {
  type CatalogueFile,
  catalogueFile,
  formatCatalogueReply,
  formatCatalogueRequest,
  formatControlMessage,
  NodePage,
  type NodeRegister,
  parseCatalogueReply,
  parseCatalogueRequest,
  parseControlMessage,
  readCatalogueFile,
  splitRegistration,
} from "../../../lib/protocol/music.ts";
import {
  formatTransferPacket,
  MOST_PACKET_BYTES,
  parseTransferPacket,
  transferAddressee,
} from "../../../lib/protocol/music/transfer_packets.ts";
import * as vectors from "../../vectors/music.ts";
import { linesOf } from "../../vectors/vector.ts";
import { bytesOf, type FuzzTarget, readOrRefuse, shapeOf } from "../target.ts";
import { TRANSFER_SEEDS } from "./transfer_seeds.ts";

const common = { most: LIMITS.jsonLineBytes / 4, tries: 400 } as const;
/** Files of a list that is longer than a line. */
const LISTED = 200;
const FIELDS = ['"files":[', '"id":', '"size":', '"title":', '"seconds":', '"pieces":', '"more":'];

function checkFiles(files: readonly CatalogueFile[]): void {
  for (const file of files) {
    assert.deepEqual(readCatalogueFile(file), file);
    assert.deepEqual(catalogueFile(file), catalogueFile(catalogueFile(file)));
  }
}

/** A list of such files, longer than a line, splits into lines that are read again as it was. */
function checkSplitting({ name, files = [] }: NodeRegister): void {
  const copies = Math.ceil(LISTED / Math.max(1, files.length));
  const list = Array.from({ length: copies }, () => files.map(catalogueFile)).flat();
  const lines = splitRegistration({ name, port: 1, ttl: 1 }, list).map(bytesOf);
  const read = lines.flatMap((line) => {
    assert.ok(line.length <= LIMITS.jsonLineBytes, `a line of ${line.length} bytes`);
    const part = parseCatalogueRequest(line);
    assert.ok(part.kind === "NODE_REGISTER");
    return part.files ?? [];
  });
  assert.equal(JSON.stringify(read), JSON.stringify(list));
  const page = new NodePage();
  const full = list.findIndex((file) => !page.add({ name, ip: "192.0.2.1", port: 1 }, file));
  assert.notEqual(full, 0, "a file that fits no page would stop the list");
  assert.ok(bytesOf(page.finish("x".repeat(193))).length <= LIMITS.jsonLineBytes);
}

export const MUSIC_MESSAGES: readonly FuzzTarget[] = [
  {
    ...common,
    name: "music_request",
    seeds: linesOf(vectors.REQUESTS_WRITTEN, vectors.REQUESTS_READ, vectors.REQUESTS_REFUSED),
    words: ['"NODE_REGISTER"', '"NODE_LIST"', '"NODE_REMOVE"', '"query":', '"after":', ...FIELDS],
    run(bytes, saw) {
      const request = readOrRefuse(() => parseCatalogueRequest(bytes), saw);
      if (request === null) return;
      saw(shapeOf(request, 3));
      const line = formatCatalogueRequest(request);
      assert.equal(formatCatalogueRequest(parseCatalogueRequest(bytesOf(line))), line);
      if (request.kind !== "NODE_REGISTER") return;
      assert.ok(Number.isInteger(request.ttl) && request.ttl >= 1 && request.ttl <= 3600);
      assert.ok(isPort(request.port));
      assert.equal(wireNameFault(request.name), null);
      checkFiles(request.files ?? []);
      if ((request.files?.length ?? 0) < 4) checkSplitting(request);
    },
  },
  {
    ...common,
    name: "music_reply",
    seeds: linesOf(vectors.REPLIES_WRITTEN, vectors.REPLIES_READ, vectors.REPLIES_REFUSED),
    words: ['"status":"OK"', '"nodes":[', '"next":', '"registered":', '"removed":', ...FIELDS],
    run(bytes, saw) {
      const reply = readOrRefuse(() => parseCatalogueReply(bytes), saw);
      if (reply === null) return;
      saw(shapeOf(reply, 3));
      const line = formatCatalogueReply(reply);
      assert.equal(formatCatalogueReply(parseCatalogueReply(bytesOf(line))), line);
      if (reply.kind !== "nodes") return;
      for (const { name, port, files } of reply.nodes) {
        assert.equal(wireNameFault(name), null);
        assert.ok(isPort(port));
        checkFiles(files);
      }
    },
  },
  {
    ...common,
    name: "music_control",
    seeds: linesOf(vectors.CONTROL_WRITTEN, vectors.CONTROL_READ, vectors.CONTROL_REFUSED),
    words: ['"GET"', '"GET_OK"', '"GET_ERROR"', '"stream":', '"offset":', '"port":', ...FIELDS],
    run(bytes, saw) {
      const message = readOrRefuse(() => parseControlMessage(bytes), saw);
      if (message === null) return;
      assert.ok(message.stream >= 0 && message.stream < 2 ** 48);
      if (message.kind === "GET") assert.ok(isPort(message.port) && message.offset >= 0);
      const line = formatControlMessage(message);
      assert.ok(bytesOf(line).length <= 1200, `a datagram of ${bytesOf(line).length} bytes`);
      assert.equal(formatControlMessage(parseControlMessage(bytesOf(line))), line);
      saw(shapeOf(message));
    },
  },
  {
    name: "transfer_packet",
    seeds: TRANSFER_SEEDS,
    most: MOST_PACKET_BYTES + 8,
    tries: 1000,
    run(datagram, saw) {
      const packet = readOrRefuse(() => parseTransferPacket(datagram), saw);
      if (packet === null) return;
      const written = formatTransferPacket(packet);
      const again = parseTransferPacket(written);
      // Ranges that 16 bits cannot count are cut, and flags of others are not kept.
      if (packet.kind !== "ack") assert.deepEqual(written, datagram.slice());
      else assert.deepEqual(formatTransferPacket(again), written);
      const { to, stream, token } = transferAddressee(datagram)!;
      assert.deepEqual([stream, token], [packet.stream, packet.token]);
      assert.equal(to === "source", packet.kind === "ack" || packet.kind === "stop");
      const detail = packet.kind === "ack"
        ? packet.ranges.length
        : "reason" in packet
        ? packet.reason
        : "";
      let below = Infinity;
      for (const { low, high } of packet.kind === "ack" ? packet.ranges : []) {
        assert.ok(low >= 1 && low <= high && high < below, `a range from ${low} to ${high}`);
        below = low;
      }
      saw(`${packet.kind} ${detail}`);
    },
  },
];
