import { deepEqual, match } from "node:assert/strict";
import type { Service, UserRow } from "../../lib/directory/desk.ts";
import { translator } from "../../lib/terminal/messages/catalogue.ts";
import { ServerScreen } from "../../lib/terminal/server_screen.ts";
import { createPainter } from "../../lib/terminal/text/painter.ts";

const COPY = "\u0421\u0430\u0440\u0430";

/** The lines of a server's screen on which users of services are added one after the other. */
async function tables(added: readonly (readonly [Service, readonly string[]])[]) {
  const printed: string[] = [];
  const users = new Map<Service, readonly UserRow[]>();
  const screen = new ServerScreen({
    print: (line) => printed.push(line),
    say: translator("pt"),
    paint: createPainter(false),
    columns: () => 80,
    users: (service) => Promise.resolve(users.get(service) ?? []),
  });
  for (const [service, names] of added) {
    users.set(service, names.map((name, at) => ({ name, ip: "10.0.0.2", port: at + 1 })));
    screen.userAdded(service);
    await screen.close();
  }
  return printed;
}

Deno.test("server screen: names that can be taken for others are marked, and explained once", async () => {
  const printed = await tables([["chat", [COPY, "Capa", "João"]], ["call", [COPY]]]);
  deepEqual(printed.slice(0, 5), [
    "Chat direto, 3 usuários ativos:",
    "Nome   Endereço IP  Porta",
    `≈${COPY}  10.0.0.2     1`,
    "Capa   10.0.0.2     2",
    "João   10.0.0.2     3",
  ]);
  match(printed[5]!, new RegExp(`^≈${COPY} .*Capa`));
  deepEqual(printed.slice(6), [
    "Ligações de voz, 1 usuário ativo:",
    "Nome   Endereço IP  Porta",
    `≈${COPY}  10.0.0.2     1`,
  ]);
});

Deno.test("server screen: a hostile name is shown harmlessly, in the table and below it", async () => {
  const printed = await tables([["chat", ["\x1b[2J\u0410na"]]]);
  match(printed[2]!, /^≈␛\[2J/);
  match(printed[3]!, /^≈␛\[2J/);
});
