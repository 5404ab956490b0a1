/**
 * The lines of direct chat (`protocols/chat.md`): tables for readers and writers.
 *
 * @module
 */
import type { ChatReply, ChatRequest, PeerLine } from "../../lib/protocol/chat.ts";
import { bytesOf, joined, type Refusal, type Vector } from "./vector.ts";

const LONGEST = "é".repeat(64);
const LONGEST_ASTRAL = "😀".repeat(64);
const NOT_UTF8 = Uint8Array.of(0xc3, 0x28);
const before = (text: string) => joined(bytesOf(text), NOT_UTF8);

/** Peer → server, as this project writes it. */
export const REQUESTS_WRITTEN: readonly Vector<ChatRequest>[] = [
  ["USER Ana:20000", { kind: "USER", name: "Ana", port: 20000 }],
  ["USER Ana:1", { kind: "USER", name: "Ana", port: 1 }],
  ["USER Ana:65535", { kind: "USER", name: "Ana", port: 65535 }],
  ["USER João da Silva:21500", { kind: "USER", name: "João da Silva", port: 21500 }],
  ["USER 王小明:45000", { kind: "USER", name: "王小明", port: 45000 }],
  [`USER ${LONGEST}:1`, { kind: "USER", name: LONGEST, port: 1 }, "64 two-byte characters"],
  [
    `USER ${LONGEST_ASTRAL}:1`,
    { kind: "USER", name: LONGEST_ASTRAL, port: 1 },
    "64 characters of two UTF-16 units each",
  ],
  ["LIST", { kind: "LIST" }],
  ["KEEP", { kind: "KEEP" }],
  ["ADDR Bruno", { kind: "ADDR", name: "Bruno" }],
  ["ADDR LIST", { kind: "ADDR", name: "LIST" }],
];

/** Peer → server, as others write it. */
export const REQUESTS_READ: readonly Vector<ChatRequest>[] = [
  [
    "USER Joa\u0303o:20000",
    { kind: "USER", name: "Jo\u00e3o", port: 20000 },
    "a name that is not in NFC",
  ],
  ["ADDR Joa\u0303o", { kind: "ADDR", name: "Jo\u00e3o" }, "an ADDR that is not in NFC"],
  [
    `USER ${"a\u0301".repeat(64)}:1`,
    { kind: "USER", name: "á".repeat(64), port: 1 },
    "a name of 64 characters after NFC, 128 before",
  ],
  ["USER Ana:00080", { kind: "USER", name: "Ana", port: 80 }],
  ["USER  Ana :20000", { kind: "USER", name: " Ana ", port: 20000 }, "blanks around a name"],
  ["USER a@b#c*:20000", { kind: "USER", name: "a@b#c*", port: 20000 }],
  ["ADDR  ", { kind: "ADDR", name: " " }, "a name of one blank"],
];

/** What closes the connection (`bad_user`) or is ignored (`bad_instruction`). */
export const REQUESTS_REFUSED: readonly Refusal[] = [
  ["USER", "bad_user"],
  ["USER ", "bad_user"],
  ["USER Ana", "bad_user"],
  ["USER Ana:", "bad_user"],
  ["USER :20000", "bad_user"],
  ["USER:20000", "bad_instruction"],
  ["USER Ana:0", "bad_user"],
  ["USER Ana:65536", "bad_user"],
  ["USER Ana:-1", "bad_user"],
  ["USER Ana:+1", "bad_user"],
  ["USER Ana:1e3", "bad_user"],
  ["USER Ana:0x50", "bad_user"],
  ["USER Ana: 80", "bad_user"],
  ["USER Ana:80 ", "bad_user"],
  ["USER Ana:000080", "bad_user"],
  ["USER Ana:٢٠٠٠", "bad_user"],
  ["USER A:na:20000", "bad_user"],
  ["USER A\tna:20000", "bad_user"],
  ["USER A\u0000na:20000", "bad_user"],
  ["USER A\u007fna:20000", "bad_user"],
  ["USER A\u0085na:20000", "bad_user"],
  ["USER A\u2028na:20000", "bad_user", "a line separator in a name"],
  ["USER A\rna:20000", "bad_user"],
  [`USER ${"a".repeat(65)}:1`, "bad_user", "65 characters"],
  [`USER ${"😀".repeat(65)}:1`, "bad_user", "65 characters of two UTF-16 units each"],
  [before("USER "), "bad_user", "USER and no UTF-8"],
  [before("USER"), "bad_instruction", "USER, no blank and no UTF-8"],
  [before("USERS "), "bad_instruction", "USERS and no UTF-8"],
  [before("ADDR "), "bad_instruction", "ADDR and no UTF-8"],
  ["", "bad_instruction", "an empty line"],
  [" ", "bad_instruction"],
  ["HELLO", "bad_instruction"],
  ["user Ana:20000", "bad_instruction"],
  ["list", "bad_instruction"],
  ["LIST ", "bad_instruction"],
  ["LIST Ana", "bad_instruction"],
  ["KEEP ", "bad_instruction"],
  ["KEEPLIST", "bad_instruction"],
  [" KEEP", "bad_instruction"],
  ["KEEP\r", "bad_instruction"],
  ["\ufeffLIST", "bad_instruction", "a byte order mark"],
  ["ADDR", "bad_instruction"],
  ["ADDR ", "bad_instruction"],
  ["ADDR A:na", "bad_instruction"],
  ["ADDR A\u001bna", "bad_instruction"],
  [`ADDR ${"a".repeat(65)}`, "bad_instruction", "an ADDR of 65 characters"],
  ["DISC", "bad_instruction"],
  ['{"type":"DISCOVER"}', "bad_instruction"],
];

/** Server → peer, as this project writes it. */
export const REPLIES_WRITTEN: readonly Vector<ChatReply>[] = [
  ["LIST ", { kind: "LIST", names: [] }, "a LIST with nobody else"],
  ["LIST Ana", { kind: "LIST", names: ["Ana"] }],
  ["LIST Ana:Bruno:João", { kind: "LIST", names: ["Ana", "Bruno", "João"] }],
  ["ADDR 192.0.2.7:21500", { kind: "ADDR", address: { ip: "192.0.2.7", port: 21500 } }],
  ["ADDR 2001:db8::7:21500", { kind: "ADDR", address: { ip: "2001:db8::7", port: 21500 } }],
  ["ADDR ::1:80", { kind: "ADDR", address: { ip: "::1", port: 80 } }],
];

/** Server → peer, as others write it. */
export const REPLIES_READ: readonly Vector<ChatReply>[] = [
  ["LIST", { kind: "LIST", names: [] }],
  ["LIST :", { kind: "LIST", names: [] }],
  ["LIST Ana:", { kind: "LIST", names: ["Ana"] }],
  ["LIST Joa\u0303o", { kind: "LIST", names: ["Jo\u00e3o"] }, "a LIST that is not in NFC"],
  [
    `LIST Ana:\u001b[2J:${"a".repeat(65)}:Bruno`,
    { kind: "LIST", names: ["Ana", "Bruno"] },
    "a LIST with names that are none",
  ],
  ["ADDR Bruno:192.0.2.7:21500", { kind: "ADDR", address: { ip: "192.0.2.7", port: 21500 } }],
  ["ADDR Bruno:2001:db8::7:80", { kind: "ADDR", address: { ip: "2001:db8::7", port: 80 } }],
  ["ADDR Bruno:::1:80", { kind: "ADDR", address: { ip: "::1", port: 80 } }],
  ["ADDR ::ffff:192.0.2.7:80", { kind: "ADDR", address: { ip: "192.0.2.7", port: 80 } }],
  ["ADDR [2001:DB8::7]:80", { kind: "ADDR", address: { ip: "2001:db8::7", port: 80 } }],
];

/** What no server of direct chat sends. */
export const REPLIES_REFUSED: readonly Refusal[] = [
  ["", "bad_reply", "an empty reply"],
  ["LISTAna", "bad_reply"],
  ["KEEP", "bad_reply"],
  ["ADDR", "bad_reply"],
  ["ADDR ", "bad_reply"],
  ["ADDR 192.0.2.7", "bad_reply"],
  ["ADDR 192.0.2.7:", "bad_reply"],
  ["ADDR 192.0.2.7:0", "bad_reply"],
  ["ADDR 192.0.2.7:65536", "bad_reply"],
  ["ADDR 192.0.2.256:80", "bad_reply"],
  ["ADDR 192.0.2:80", "bad_reply"],
  ["ADDR example.org:80", "bad_reply"],
  ["ADDR Bruno:Camila:192.0.2.7:80", "bad_reply"],
  [before("LIST "), "bad_utf8", "a LIST that is not UTF-8"],
];

/** The first line between peers. */
export const GREETINGS_WRITTEN: readonly Vector<PeerLine>[] = [
  ["USER Camila", { kind: "USER", name: "Camila" }],
  ["USER João da Silva", { kind: "USER", name: "João da Silva" }],
];

/** The first line between peers, as others write it. */
export const GREETINGS_READ: readonly Vector<PeerLine>[] = [
  ["USER Joa\u0303o", { kind: "USER", name: "Jo\u00e3o" }, "a greeting that is not in NFC"],
];

/** What is no greeting. */
export const GREETINGS_REFUSED: readonly Refusal[] = [
  ["", "bad_greeting", "an empty greeting"],
  ["USER", "bad_greeting"],
  ["USER ", "bad_greeting"],
  ["USERCamila", "bad_greeting"],
  ["user Camila", "bad_greeting"],
  ["DISC", "bad_greeting"],
  ["olá", "bad_greeting"],
  ["USER Camila:45000", "bad_greeting"],
  ["USER Ca\u001bmila", "bad_greeting"],
  [before("USER "), "bad_utf8", "a greeting that is not UTF-8"],
];

/** Later lines between peers. */
export const PEER_LINES_WRITTEN: readonly Vector<PeerLine>[] = [
  ["DISC", { kind: "DISC" }],
  ["DISC ", { kind: "TEXT", text: "DISC " }],
  ["disc", { kind: "TEXT", text: "disc" }],
  [" DISC", { kind: "TEXT", text: " DISC" }],
  ["DISC\r", { kind: "TEXT", text: "DISC\r" }],
  ["USER Ana", { kind: "TEXT", text: "USER Ana" }],
  ["KEEP", { kind: "TEXT", text: "KEEP" }],
  ["", { kind: "TEXT", text: "" }, "an empty message"],
  ["olá, 世界 😀", { kind: "TEXT", text: "olá, 世界 😀" }],
  ["tab\there", { kind: "TEXT", text: "tab\there" }],
  ["a\rb", { kind: "TEXT", text: "a\rb" }, "a lone carriage return inside"],
  ["a\r", { kind: "TEXT", text: "a\r" }, "a carriage return before the terminator"],
  ["\ufeffolá", { kind: "TEXT", text: "\ufeffolá" }, "a byte order mark in a message"],
  ["x".repeat(8192), { kind: "TEXT", text: "x".repeat(8192) }, "a message of 8192 bytes"],
];

/** Later lines between peers, as others write them. */
export const PEER_LINES_READ: readonly Vector<PeerLine>[] = [
  [before("ol"), { kind: "TEXT", text: "ol\ufffd(" }, "a message that is not UTF-8"],
];
