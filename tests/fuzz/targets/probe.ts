import assert from "node:assert/strict";
import {
  formatProbeDatagram,
  formatProbeReply,
  formatProbeRequest,
  parseProbeAnswer,
  parseProbeDatagram,
  parseProbeRequest,
} from "../../../lib/protocol/probe.ts";
import * as vectors from "../../vectors/probe.ts";
import { linesOf } from "../../vectors/vector.ts";
import { bytesOf, type FuzzTarget, readOrRefuse, shapeOf } from "../target.ts";

/** Requests of every kind. */
export const PROBE_REQUESTS = linesOf(vectors.REQUESTS_WRITTEN, vectors.REQUESTS_READ);

const words = ['"PROSA_PROBE"', '"tcp":', '"udp":[', '"token":', '"pad":', '"status":"OK"'];
const common = { words, most: 3000, tries: 400 } as const;

export const PROBE: readonly FuzzTarget[] = [
  {
    ...{ ...common, name: "probe_request", seeds: PROBE_REQUESTS },
    run(bytes, saw) {
      const request = readOrRefuse(() => parseProbeRequest(bytes), saw);
      if (request === null) return;
      const line = formatProbeRequest(request);
      assert.deepEqual(parseProbeRequest(bytesOf(line)), request);
      const ports = [...request.tcp === null ? [] : [request.tcp], ...request.udp];
      for (const port of ports) assert.ok(port >= 1024 && port <= 65_535, `port ${port}`);
      // Nobody gets more sent, to whomever, than they sent themselves.
      const sent = request.udp.length * formatProbeDatagram(request.token).length;
      assert.ok(sent <= bytes.length, `${sent} bytes for ${bytes.length}`);
      saw(shapeOf(request));
    },
  },
  {
    ...{ ...common, name: "probe_answer" },
    seeds: linesOf(vectors.ANSWERS_READ),
    run(bytes, saw) {
      const answer = readOrRefuse(() => parseProbeAnswer(bytes), saw);
      saw(shapeOf(answer));
      if (answer?.kind !== "OK") return;
      const line = formatProbeReply(answer);
      const again = parseProbeAnswer(bytesOf(line));
      assert.ok(again.kind === "OK");
      assert.equal(formatProbeReply(again), line);
    },
  },
  {
    ...{ ...common, name: "probe_datagram", seeds: linesOf(vectors.DATAGRAMS_WRITTEN) },
    run(bytes, saw) {
      const token = readOrRefuse(() => parseProbeDatagram(bytes), saw);
      if (token === null) return;
      assert.equal(parseProbeDatagram(bytesOf(formatProbeDatagram(token))), token);
      saw("token");
    },
  },
];
