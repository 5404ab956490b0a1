import { LIMITS } from "../../../lib/base/limits.ts";
import type { Attack } from "../attack.ts";
import { HostileClient } from "../hostile_client.ts";
import { ServerTarget } from "../server_target.ts";

const encoder = new TextEncoder();
const DEEP = LIMITS.jsonLineBytes / 2 - 64;

/** What no request is, each in a line of its own. */
const LINES: readonly Uint8Array[] = [
  // Not UTF-8: a lone continuation, a surrogate, an overlong slash, a cut character.
  Uint8Array.of(0x80, 0x0a),
  Uint8Array.of(0xed, 0xa0, 0x80, 0x0a),
  Uint8Array.of(0xc0, 0xaf, 0x0a),
  Uint8Array.of(0x55, 0x53, 0x45, 0x52, 0x20, 0xe2, 0x82, 0x3a, 0x31, 0x0a),
  Uint8Array.of(0, 0, 0, 0x0a),
  ...[
    "GET / HTTP/1.1\n",
    "\x16\x03\x01\x02\n",
    "USER :\n",
    "USER a:0\n",
    "USER a:99999999999999999999\n",
    `USER ${"a".repeat(65)}:1\n`,
    "null\n",
    "[]\n",
    '"REGISTER"\n',
    "1e999\n",
    "{}\n",
    '{"type":null}\n',
    '{"type":{}}\n',
    // Names that every object has.
    '{"type":"__proto__"}\n',
    '{"type":"constructor"}\n',
    '{"__proto__":{"type":"REGISTER"},"name":"a","namespace":"a","port":1}\n',
    '{"type":"REGISTER","name":"__proto__","namespace":"constructor","port":{"valueOf":1}}\n',
    '{"type":"NODE_REGISTER","name":"__proto__","port":1,"files":{"length":1e9}}\n',
    '{"type":"NODE_LIST","query":{"toString":null}}\n',
    '{"type":"registro","nome":["a"],"porta":"0x10"}\n',
    // As deep and as large as a line can be.
    `${"[".repeat(DEEP)}${"]".repeat(DEEP)}\n`,
    `{"type":"UNREGISTER","namespace":"a","port":${"[".repeat(DEEP)}${"]".repeat(DEEP)}}\n`,
    `{"type":"NODE_REGISTER","name":"a","port":1,"files":[${"{},".repeat(9000)}{}]}\n`,
    `{"type":"REGISTER","name":"a","namespace":"a","port":${"9".repeat(30_000)}}\n`,
    `{"type":"NODE_LIST","query":"${"\\u0000".repeat(5000)}"}\n`,
  ].map((line) => encoder.encode(line)),
];

/** Bytes that are no request: not UTF-8, other protocols, JSON that is not what it seems. */
export const junk: Attack<ServerTarget> = {
  name: "junk",
  deed: `${LINES.length} kinds of line that no request is, to both ports, one connection each, ` +
    "over and over",
  outcome: "the error of the protocol or silence; nothing is thrown that is not caught",
  open: () => ServerTarget.open(),
  async run({ chatPort, registryPort }, end) {
    let sent = 0;
    do {
      for (const line of LINES) {
        await using chat = await HostileClient.connect(chatPort);
        await using registry = await HostileClient.connect(registryPort);
        chat.send(line);
        registry.send(line);
        chat.socket.end();
        registry.socket.end();
        await Promise.all([chat.closed, registry.closed]);
        sent += 2;
      }
    } while (!end.aborted);
    return { "lines sent": sent };
  },
};
