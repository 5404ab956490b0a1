import type { RtpPacket } from "../../lib/protocol/rtp.ts";

/** The bytes of a hexadecimal text; blanks are for reading. */
export function hex(text: string): Uint8Array {
  return Uint8Array.fromHex(text.replaceAll(" ", ""));
}

const PLAIN: RtpPacket = {
  marker: false,
  payloadType: 111,
  sequence: 1,
  timestamp: 960,
  ssrc: 0x01020304,
  csrcs: [],
  extension: null,
  payload: hex("f8 ff fe"),
  padding: 0,
};

/** Datagrams and what they say, in both directions. */
export const RTP_BOTH_WAYS: readonly (readonly [what: string, datagram: string, RtpPacket])[] = [
  ["an Opus packet", "80 6f 0001 000003c0 01020304 f8fffe", PLAIN],
  ["the first packet of a talkspurt", "80 ef 0001 000003c0 01020304 f8fffe", {
    ...PLAIN,
    marker: true,
  }],
  ["an L16 packet", "80 61 ffff 00000140 00000000 7fff8000", {
    ...PLAIN,
    payloadType: 97,
    sequence: 0xffff,
    timestamp: 320,
    ssrc: 0,
    payload: hex("7fff8000"),
  }],
  ["the highest numbers", "80 7f ffff ffffffff ffffffff 00", {
    ...PLAIN,
    payloadType: 127,
    sequence: 0xffff,
    timestamp: 0xffff_ffff,
    ssrc: 0xffff_ffff,
    payload: hex("00"),
  }],
  ["two contributing sources", "82 6f 0001 000003c0 01020304 0000000a fffffffe f8fffe", {
    ...PLAIN,
    csrcs: [10, 0xffff_fffe],
  }],
  ["an extension", "90 6f 0001 000003c0 01020304 bede 0001 51aa0000 f8fffe", {
    ...PLAIN,
    extension: { profile: 0xbede, data: hex("51aa0000") },
  }],
  ["an empty extension", "90 6f 0001 000003c0 01020304 1000 0000 f8fffe", {
    ...PLAIN,
    extension: { profile: 0x1000, data: hex("") },
  }],
  ["padding", "a0 6f 0001 000003c0 01020304 f8fffe 0000000004", {
    ...PLAIN,
    payload: hex("f8fffe00"),
    padding: 4,
  }],
  ["one byte of padding", "a0 6f 0001 000003c0 01020304 f8fffe 01", { ...PLAIN, padding: 1 }],
  ["nothing but padding", "a0 6f 0001 000003c0 01020304 00000003", {
    ...PLAIN,
    payload: hex("00"),
    padding: 3,
  }],
  ["no payload", "80 6f 0001 000003c0 01020304", { ...PLAIN, payload: hex("") }],
  [
    "everything at once",
    "b1 ef 0001 000003c0 01020304 00000005 abcd 0001 01020304 f8fffe 000003",
    {
      ...PLAIN,
      marker: true,
      csrcs: [5],
      extension: { profile: 0xabcd, data: hex("01020304") },
      padding: 3,
    },
  ],
];

/** Datagrams that are read, but written otherwise. */
export const RTP_READ: readonly (readonly [what: string, datagram: string, RtpPacket])[] = [
  ["padding that is not zero", "a0 6f 0001 000003c0 01020304 f8fffe ddee03", {
    ...PLAIN,
    padding: 3,
  }],
];

/** Datagrams that are no RTP packets, and the error's code. */
export const RTP_REFUSED: readonly (readonly [what: string, datagram: string, code: string])[] = [
  ["nothing", "", "rtp_too_short"],
  ["half a header", "80 6f 0001 000003c0 010203", "rtp_too_short"],
  ["version 0", "00 6f 0001 000003c0 01020304 f8", "bad_rtp_version"],
  ["version 1", "40 6f 0001 000003c0 01020304 f8", "bad_rtp_version"],
  ["version 3", "c0 6f 0001 000003c0 01020304 f8", "bad_rtp_version"],
  ["sources that are not there", "82 6f 0001 000003c0 01020304 0000000a", "rtp_too_short"],
  ["an extension that is not there", "90 6f 0001 000003c0 01020304 be", "rtp_too_short"],
  ["an extension cut off", "90 6f 0001 000003c0 01020304 bede 0002 51aa0000", "rtp_too_short"],
  ["padding of nothing", "a0 6f 0001 000003c0 01020304 f8fffe 00", "bad_rtp_padding"],
  ["padding into the header", "a0 6f 0001 000003c0 01020304 f8 03", "bad_rtp_padding"],
];
