import assert from "node:assert/strict";
import { MEDIA_LIMITS } from "../../../lib/media/limits.ts";
import { formatRtcp, parseRtcp } from "../../../lib/protocol/rtcp.ts";
import { formatRtp, parseRtp } from "../../../lib/protocol/rtp.ts";
import { RTCP_BOTH_WAYS, RTCP_READ, RTCP_REFUSED } from "../../vectors/rtcp.ts";
import { hex, RTP_BOTH_WAYS, RTP_READ, RTP_REFUSED } from "../../vectors/rtp.ts";
import { type FuzzTarget, readOrRefuse, shapeOf } from "../target.ts";

const common = { most: MEDIA_LIMITS.datagramBytes, tries: 1000 } as const;

export const MEDIA_PACKETS: readonly FuzzTarget[] = [
  {
    ...common,
    name: "rtp",
    seeds: [...RTP_BOTH_WAYS, ...RTP_READ, ...RTP_REFUSED].map(([, datagram]) => hex(datagram)),
    run(datagram, saw) {
      const packet = readOrRefuse(() => parseRtp(datagram), saw);
      if (packet === null) return;
      assert.deepEqual(parseRtp(formatRtp(packet)), packet);
      saw(`${shapeOf(packet)} ${packet.csrcs.length} ${packet.padding > 0}`);
    },
  },
  {
    ...common,
    name: "rtcp",
    seeds: [...RTCP_BOTH_WAYS, ...RTCP_READ, ...RTCP_REFUSED].map(([, datagram]) => hex(datagram)),
    run(datagram, saw) {
      const parts = readOrRefuse(() => parseRtcp(datagram), saw);
      if (parts === null) return;
      assert.ok(parts.length <= datagram.length / 4);
      saw(parts.map((part) => part.kind).slice(0, 6).join());
      // A name that was no UTF-8 is longer in writing, and may be cut.
      const named = parts.some((part) => part.kind === "name" && part.name.includes("\ufffd"));
      if (named) return saw("a name that is not UTF-8");
      if (parts[0]?.kind === "report") assert.deepEqual(parseRtcp(formatRtcp(parts)), parts);
    },
  },
];
