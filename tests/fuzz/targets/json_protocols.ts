import assert from "node:assert/strict";
import { canonicalIp, isPort } from "../../../lib/base/address.ts";
import { RemoteProtocolError } from "../../../lib/base/errors.ts";
import { LIMITS } from "../../../lib/base/limits.ts";
import { wireNameFault } from "../../../lib/base/names.ts";
import {
  formatCallMessage,
  formatCallReply,
  formatCallRequest,
  parseCallMessage,
  parseCallReply,
  parseCallRequest,
} from "../../../lib/protocol/call.ts";
import { formatMessage, parseLine, withTtl } from "../../../lib/protocol/overlay.ts";
import {
  formatError,
  formatPeers,
  formatRequest,
  parseReply,
  parseRequest,
} from "../../../lib/protocol/rendezvous.ts";
import { utf8Length } from "../../../lib/wire/text.ts";
import * as call from "../../vectors/call.ts";
import * as overlay from "../../vectors/overlay.ts";
import * as rendezvous from "../../vectors/rendezvous.ts";
import { linesOf } from "../../vectors/vector.ts";
import { bytesOf, type FuzzTarget, readOrRefuse, shapeOf } from "../target.ts";

/** Inputs of a quarter of a line: what is longer differs in nothing but time. */
const common = { most: LIMITS.jsonLineBytes / 4, tries: 500 } as const;

/** What is written of what was read is read alike, and written alike: a reader and a writer agree. */
function writtenAlike<Message>(
  message: Message,
  format: (message: Message) => string,
  parse: (bytes: Uint8Array) => Message,
): void {
  const line = format(message);
  assert.ok(!line.includes("\n"), "a line break in a line");
  assert.equal(format(parse(bytesOf(line))), line);
}

function placed({ name, ip, port }: { name?: unknown; ip?: unknown; port?: unknown }): void {
  if (typeof name === "string" && name !== "") assert.equal(wireNameFault(name), null);
  if (ip !== undefined) assert.equal(canonicalIp(ip as string), ip);
  if (port !== undefined) assert.ok(isPort(port));
}

export const RENDEZVOUS_LINES: readonly FuzzTarget[] = [
  {
    ...common,
    name: "rendezvous_request",
    seeds: linesOf(
      rendezvous.REQUESTS_WRITTEN,
      rendezvous.REQUESTS_READ,
      rendezvous.REQUESTS_REFUSED,
    ),
    words: [
      '"type":',
      '"REGISTER"',
      '"discover"',
      '"UNREGISTER"',
      '"namespace":',
      '"ttl":',
      "86400",
    ],
    run(bytes, saw) {
      let request;
      try {
        request = parseRequest(bytes);
      } catch (error) {
        if (!(error instanceof RemoteProtocolError)) throw error;
        const reply = formatError(error);
        const read = parseReply(bytesOf(reply));
        assert.ok(read.kind === "ERROR" && read.error !== "unknown", "a refusal without a word");
        assert.ok(utf8Length(reply) < 1024, "a refusal is short, whatever it quotes");
        return saw(error.code);
      }
      saw(shapeOf(request));
      if (request.kind === "REGISTER") {
        const { least, most } = LIMITS.rendezvousTtlSeconds;
        assert.ok(request.ttl >= least && request.ttl <= most);
        placed(request);
      }
      // Null is a filter that was no name: it matches nobody, and nobody writes it.
      if ("name" in request && request.name === null) return;
      writtenAlike(request, formatRequest, parseRequest);
    },
  },
  {
    ...common,
    name: "rendezvous_reply",
    seeds: linesOf(rendezvous.REPLIES_READ, rendezvous.REPLIES_REFUSED),
    words: ['"status":', '"OK"', '"ERROR"', '"peers":[', '"expires_in":', '"observed_ip":'],
    run(bytes, saw) {
      const reply = readOrRefuse(() => parseReply(bytes), saw);
      if (reply === null) return;
      saw(shapeOf(reply, 3));
      if (reply.kind === "ERROR" || reply.peers === undefined) return;
      for (const { observed_ip: ip, observed_port: port, ...peer } of reply.peers) {
        placed(peer);
        placed({ ip, port });
      }
      writtenAlike(reply.peers, formatPeers, (line) => {
        const again = parseReply(line);
        assert.ok(again.kind === "OK" && again.peers !== undefined);
        return again.peers;
      });
    },
  },
];

export const OVERLAY_LINES: readonly FuzzTarget[] = [{
  ...common,
  name: "overlay_line",
  seeds: linesOf(overlay.WRITTEN, overlay.READ, overlay.PASSED_ON)
    .concat(overlay.REFUSED.map(bytesOf)),
  words: [
    ...['"type":', '"HELLO"', '"SEND"', '"PUB"', '"ACK"', '"WHO_HAS_HIT"', '"METRICS"', '"BYE"'],
    ...['"msg_id":', '"peer_id":', '"ttl":', '"payload":', '"features":', '"ana@UnB"', '"#UnB"'],
    ...[',"ttl":9}', "{}"],
  ],
  run(bytes, saw) {
    const line = readOrRefuse(() => parseLine(bytes), saw);
    if (line === null) return;
    const { message, text } = line;
    saw(`${message.type} ${shapeOf(message, 1)}`);
    const passed = withTtl(text, 7);
    if (passed === null) saw("too long to be passed on");
    else {
      assert.ok(utf8Length(passed) <= LIMITS.jsonLineBytes);
      const { ttl, ...after } = JSON.parse(passed);
      const { ttl: _, ...before } = JSON.parse(text);
      assert.equal(ttl, 7);
      assert.deepEqual(after, before, "passing on changes a field");
    }
    if (message.type === "UNKNOWN") return;
    writtenAlike(message, formatMessage, (bytes) => {
      const again = parseLine(bytes).message;
      assert.ok(again.type !== "UNKNOWN");
      return again;
    });
  },
}];

export const CALL_LINES: readonly FuzzTarget[] = [
  {
    ...common,
    name: "call_request",
    seeds: linesOf(call.REQUESTS_WRITTEN, call.REQUESTS_READ, call.REQUESTS_REFUSED),
    words: [
      '"type":',
      '"registro"',
      '"consulta"',
      '"encerramento"',
      '"nome":',
      '"porta":',
      '"ip":',
    ],
    run(bytes, saw) {
      const request = readOrRefuse(() => parseCallRequest(bytes), saw);
      if (request === null) return;
      placed(request);
      writtenAlike(request, formatCallRequest, parseCallRequest);
      saw(shapeOf(request));
    },
  },
  {
    ...common,
    name: "call_reply",
    seeds: linesOf(call.REPLIES_WRITTEN, call.REPLIES_READ, call.REPLIES_REFUSED),
    words: ['"registro_ok"', '"consulta_erro"', '"encerramento_ok"', '"erro":', '"porta":'],
    run(bytes, saw) {
      const reply = readOrRefuse(() => parseCallReply(bytes), saw);
      if (reply === null) return;
      if ("ip" in reply) placed(reply);
      writtenAlike(reply, formatCallReply, parseCallReply);
      saw(shapeOf(reply));
    },
  },
  {
    ...common,
    name: "call_message",
    seeds: linesOf(call.MESSAGES_WRITTEN, call.MESSAGES_READ, call.MESSAGES_REFUSED),
    words: ['"convite"', '"resposta_ao_convite"', '"encerrar_ligação"', '"call_id":', '"codecs":['],
    run(bytes, saw) {
      const message = readOrRefuse(() => parseCallMessage(bytes), saw);
      if (message === null) return;
      placed(message);
      writtenAlike(message, formatCallMessage, parseCallMessage);
      saw(shapeOf(message));
    },
  },
];
