/**
 * Music (system 4): the catalogue's JSON lines over TCP and the JSON datagrams that begin a transfer.
 *
 * ```text
 * node → server   NODE_REGISTER  name port [ttl] [files] [more]   → OK ttl registered
 *                 NODE_LIST      [query] [after]                  → OK nodes next
 *                 NODE_REMOVE    name                             → OK removed
 * server → node   {"status":"ERROR","error":WORD}
 *
 * files           [{id name size title artist seconds [pieces]}, …]
 * nodes           [{name ip port files}, …]
 * more            true: the list goes on in the next request; the last one has false
 * files left out  the node keeps its list and renews its lease
 * next, after     where the next page begins; null after the last page and before the first
 *
 * node ↔ node     GET        stream id [offset] port              (UDP, first byte `{`)
 *                 GET_OK     stream id name size
 *                 GET_ERROR  stream error
 *                 transfer packets, binary: `transfer_packets.ts`
 * ```
 *
 * One request a connection, as for the rendezvous; `type` compares without regard to case, unknown
 * fields are ignored, an integer in a string is a port or a ttl. Fields of NODE_REGISTER are checked
 * in the order name, ttl, port, files, more. A line has at most 32,768 bytes, which is why lists are
 * split and pages cut. `protocols/music.md`.
 *
 * @module
 */
export * from "./music/catalogue_file.ts";
export * from "./music/catalogue_messages.ts";
export * from "./music/catalogue_pages.ts";
export * from "./music/control_messages.ts";
