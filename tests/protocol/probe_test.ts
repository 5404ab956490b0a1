import assert from "node:assert/strict";
import { LIMITS } from "../../lib/base/limits.ts";
import {
  formatProbeDatagram,
  formatProbeReply,
  formatProbeRequest,
  parseProbeAnswer,
  parseProbeDatagram,
  parseProbeRequest,
} from "../../lib/protocol/probe.ts";
import * as vectors from "../vectors/probe.ts";
import { bytesOf, testFormat } from "../vectors/vector.ts";

testFormat("probe request", {
  parse: parseProbeRequest,
  format: formatProbeRequest,
  limit: LIMITS.jsonLineBytes,
  written: vectors.REQUESTS_WRITTEN,
  read: vectors.REQUESTS_READ,
  refused: vectors.REQUESTS_REFUSED,
});

testFormat("probe datagram", {
  parse: parseProbeDatagram,
  format: formatProbeDatagram,
  limit: LIMITS.jsonLineBytes,
  written: vectors.DATAGRAMS_WRITTEN,
  read: [],
  refused: vectors.DATAGRAMS_REFUSED,
});

testFormat("probe answer", {
  parse: parseProbeAnswer,
  format: (answer) => answer.kind === "OK" ? formatProbeReply(answer) : "",
  limit: LIMITS.jsonLineBytes,
  written: vectors.REPLIES_WRITTEN.map((
    [line, reply],
  ) => [line, { kind: "OK" as const, ...reply }]),
  read: vectors.ANSWERS_READ,
  refused: vectors.ANSWERS_REFUSED,
});

Deno.test("probe: what a request brings is more than all that it causes", () => {
  const token = "0123456789abcdef";
  const request = formatProbeRequest({ tcp: 65_535, udp: [65_535, 65_534, 65_533], token });
  const reply = formatProbeReply({
    ip: "2001:db8:1111:2222:3333:4444:5555:6666",
    port: 65_535,
    time: Number.MAX_SAFE_INTEGER,
    tcp: "no_answer",
    udpSent: 3,
  });
  const headers = { ipv6AndUdp: 48, ipv6AndTcp: 72, syn: 80 };
  const datagrams = 3 * (headers.ipv6AndUdp + bytesOf(formatProbeDatagram(token)).length);
  const connection = headers.syn + 3 * headers.ipv6AndTcp;
  const caused = datagrams + connection + bytesOf(reply).length;
  assert.ok(bytesOf(request).length > caused, `${bytesOf(request).length} for ${caused}`);
});
