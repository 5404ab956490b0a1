import type { FuzzTarget } from "./target.ts";
import { BASE } from "./targets/base.ts";
import { CALL_PEER } from "./targets/call_peer.ts";
import { CATALOGUE_NODE } from "./targets/catalogue_node.ts";
import { CHAT_PEER } from "./targets/chat_peer.ts";
import { CHAT_LINES } from "./targets/chat_lines.ts";
import { DESKS } from "./targets/desks.ts";
import { CALL_LINES, OVERLAY_LINES, RENDEZVOUS_LINES } from "./targets/json_protocols.ts";
import { MEDIA_PACKETS } from "./targets/media_packets.ts";
import { FIGURES } from "./targets/figures.ts";
import { MEDIA_SESSION } from "./targets/media_session.ts";
import { MUSIC_FILES } from "./targets/music_files.ts";
import { MUSIC_MESSAGES } from "./targets/music_messages.ts";
import { OVERLAY_NODE } from "./targets/overlay_node.ts";
import { LINE_EDITOR } from "./targets/line_editor.ts";
import { PROBE } from "./targets/probe.ts";
import { SONGS } from "./targets/songs.ts";
import { STORES } from "./targets/stores.ts";
import { TERMINAL } from "./targets/terminal.ts";
import { TRANSFER_PORT } from "./targets/transfer_port.ts";
import { WIRE } from "./targets/wire.ts";

/** Every parser and every machine of the project. */
export const TARGETS: readonly FuzzTarget[] = [
  ...WIRE,
  ...BASE,
  ...CHAT_LINES,
  ...RENDEZVOUS_LINES,
  ...OVERLAY_LINES,
  ...CALL_LINES,
  ...MEDIA_PACKETS,
  ...MUSIC_MESSAGES,
  ...PROBE,
  ...DESKS,
  ...CHAT_PEER,
  ...OVERLAY_NODE,
  ...CALL_PEER,
  ...CATALOGUE_NODE,
  ...TRANSFER_PORT,
  ...MEDIA_SESSION,
  ...SONGS,
  ...MUSIC_FILES,
  ...TERMINAL,
  ...LINE_EDITOR,
  ...STORES,
  ...FIGURES,
];
