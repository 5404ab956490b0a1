import type { Attack } from "../attack.ts";
import { HostileCrowd } from "../hostile_client.ts";
import { ServerTarget } from "../server_target.ts";

/** A classroom's worth of people. */
export const PEOPLE = 40;
/** How often all of them lose the Wi-Fi and are back at once. */
export const RETURNS = 5;

/** No attack, though it looks like one: a class behind one address, with the defaults of the server. */
export const classroom: Attack<ServerTarget> = {
  name: "classroom",
  deed: `${PEOPLE} people behind one address connect at once, use all systems, vanish and come ` +
    `back, ${RETURNS} times`,
  outcome: "nobody is refused",
  open: () => ServerTarget.open(),
  async run(target) {
    const { chatPort, registryPort } = target;
    let connections = 0;
    for (let time = 0; time < RETURNS; time += 1) {
      await using chats = await HostileCrowd.connect(PEOPLE, chatPort);
      await using calls = await HostileCrowd.connect(PEOPLE, registryPort);
      await using requests = await HostileCrowd.connect(3 * PEOPLE, registryPort);
      for (const [index, client] of chats.clients.entries()) {
        client.send(`USER Pessoa ${index}:${20_200 + index}\r\nKEEP\r\nLIST\r\n`);
      }
      for (const [index, client] of calls.clients.entries()) {
        const [nome, porta] = [`Pessoa ${index}`, 20_200 + index];
        client.send(`${JSON.stringify({ type: "registro", nome, porta })}\n`);
      }
      for (const [index, client] of requests.clients.entries()) {
        const [name, port] = [`Pessoa ${index % PEOPLE}`, 20_200 + index % PEOPLE];
        const types = [
          { type: "REGISTER", namespace: "Turma", name, port },
          { type: "DISCOVER" },
          { type: "NODE_REGISTER", name, port, ttl: 60, files: [] },
        ];
        client.send(`${JSON.stringify(types[Math.floor(index / PEOPLE)])}\n`);
      }
      await requests.closed();
      // With the honest user.
      await target.until('prosa_users{service="chat"}', PEOPLE + 1);
      await target.until('prosa_users{service="call"}', PEOPLE + 1);
      await target.until('prosa_users{service="rendezvous"}', PEOPLE + 1);
      await target.until('prosa_users{service="music"}', PEOPLE + 1);
      connections += 5 * PEOPLE;
      for (const { socket } of [...chats.clients, ...calls.clients]) socket.resetAndDestroy();
      await target.until('prosa_users{service="chat"}', 1);
      await target.until('prosa_users{service="call"}', 1);
    }
    return { connections };
  },
};
