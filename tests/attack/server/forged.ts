import { strict as assert } from "node:assert";
import { RawClient } from "../../processes/raw_client.ts";
import type { Attack } from "../attack.ts";
import { HONEST } from "../honest_identity.ts";
import { HostileClient } from "../hostile_client.ts";
import { ServerTarget } from "../server_target.ts";

/** Somebody else's address, which is not on this machine (RFC 5737). */
const STRANGER = "203.0.113.9";
const OWN = "127.0.0.1";
const { name, namespace, port } = HONEST;

/** Requests in another's name or for another's address, and what has to be answered. */
const REQUESTS: readonly (readonly [Readonly<Record<string, unknown>>, RegExp])[] = [
  [{ type: "registro", nome: name, porta: 1 }, /"erro":"nome_em_uso"/],
  [{ type: "encerramento", nome: name }, /"erro":"nao_autorizado"/],
  // Entered with the address that was seen.
  [{ type: "registro", nome: "Mallory", ip: STRANGER, porta: 1 }, /"ip":"127\.0\.0\.1"/],
  [{ type: "UNREGISTER", namespace, name }, /^\{"status":"OK"\}/],
  [{ type: "UNREGISTER", namespace }, /^\{"status":"OK"\}/],
  [
    { type: "REGISTER", namespace, name: "Mallory", port, ip: STRANGER, observed_ip: STRANGER },
    /"observed_ip":"127\.0\.0\.1"/,
  ],
  [{ type: "NODE_REGISTER", name, port: 1, files: [] }, /"error":"already_registered"/],
  [{ type: "NODE_REGISTER", name, port: 1, files: [], more: true }, /"error":"already_registered"/],
  [{ type: "NODE_REGISTER", name: "Mallory", port: 1, ip: STRANGER }, /"status":"OK"/],
  [{ type: "NODE_REMOVE", name }, /"removed":false/],
];

/** Registrations in another's name and for another's address. */
export const forged: Attack<ServerTarget> = {
  name: "forged",
  deed: "registers the honest user's name, removes and closes the honest user's records, and " +
    "registers names for a stranger's address, with all systems, over and over",
  outcome:
    "refused, or entered with the address that the server sees; nothing of others is touched",
  open: () => ServerTarget.open(),
  async run({ chatPort, registryPort }, end) {
    let rounds = 0;
    do {
      await using chat = await HostileClient.connect(chatPort);
      chat.send(`USER ${name}:${port}\r\nLIST\r\n`);
      await chat.closed;
      assert.equal(chat.received, 0, "the name is taken");
      for (const [request, expected] of REQUESTS) {
        assert.match(await reply(registryPort, request), expected);
      }
      for (const type of ["DISCOVER", "NODE_LIST"]) {
        assert.ok(!(await reply(registryPort, { type })).includes(STRANGER));
      }
      assert.match(await reply(registryPort, { type: "NODE_LIST" }), new RegExp(`"ip":"${OWN}"`));
      rounds += 1;
    } while (!end.aborted);
    return { rounds };
  },
};

async function reply(port: number, request: Readonly<Record<string, unknown>>): Promise<string> {
  await using client = await RawClient.connect(port);
  client.send(`${JSON.stringify(request)}\n`);
  const [line] = await client.waitFor(/.*\n/);
  return line;
}
