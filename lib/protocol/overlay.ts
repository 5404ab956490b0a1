/**
 * The overlay between peers (system 3, peer side): JSON lines over persistent TCP.
 *
 * ```text
 * HELLO, HELLO_OK        peer_id version features                         (no msg_id)
 * PING, PONG             timestamp
 * SEND, PUB              src dst payload require_ack
 * ACK                    from src dst
 * WHO_HAS                src dst            WHO_HAS_HIT  src dst via
 * RELAY_OK               src dst            RELAY_FAIL, TTL_EXPIRED  src dst reason
 * METRICS_REQ            src dst            METRICS      src dst rtt_ms sent_count recv_count last_seen
 * BYE, BYE_OK            src dst reason
 * ERROR                  code ref detail status error [limit]
 *
 * every message          type first, then msg_id (any string of 1–128 characters), ttl last
 * peer_id                name@namespace     dst of PUB   #namespace | *
 * ```
 *
 * Read liberally (a missing `ttl` counts as 1, unknown fields are kept when a line is passed on),
 * written strictly. `protocols/overlay.md`.
 *
 * @module
 */
export * from "./overlay/messages.ts";
export * from "./overlay/peer_id.ts";
export { parseLine } from "./overlay/parse.ts";
export { formatMessage, withTtl } from "./overlay/format.ts";
