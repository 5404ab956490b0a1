/**
 * Two people in direct conversation, of whom one is killed at each step of it.
 *
 * @module
 */
import assert from "node:assert/strict";
import { inTime } from "../../processes/output_watch.ts";
import { startPeer, startServer } from "../../processes/programs.ts";
import { type HoldPoint, WireTap } from "../../processes/wire_tap.ts";

/** A conversation that Ana begins with Bruno, by `/to Bruno oi`. */
interface Step {
  readonly what: string;
  /** Where it stands: `forth` is from Ana to Bruno. Left out, he is found and not yet connected to. */
  readonly at?: HoldPoint;
  /** Whether Bruno then says this. */
  readonly bruno?: string;
  readonly killed: "Ana" | "Bruno";
  /** What the other sees, in this order. */
  readonly sees: readonly string[];
}

const UNHEARD = "O que você escreveu por último pode não ter chegado.\n";

/** The server's answer to where Bruno is. */
const FOUND: HoldPoint = { direction: "back", line: /^ADDR /, after: "nothing" };

const GONE = {
  Ana: "A conversa com Ana caiu sem despedida. Para chamar de novo: /chat Ana\n",
  Bruno: "A conversa com Bruno caiu sem despedida. Para chamar de novo: /chat Bruno\n",
};

const STEPS: readonly Step[] = [
  {
    what: "found, and not there when he is connected to",
    killed: "Bruno",
    sees: ["Não foi possível chegar até Bruno.", "Não enviado a Bruno: oi\n"],
  },
  {
    what: "connected, USER not arrived",
    at: { direction: "forth", line: /^USER Ana$/, after: "nothing" },
    killed: "Bruno",
    sees: ["Conectado a Bruno (confirmado)\n", GONE.Bruno, UNHEARD],
  },
  {
    what: "a text on its way",
    at: { direction: "forth", line: /^oi$/, after: "half" },
    killed: "Bruno",
    sees: ["Conectado a Bruno (confirmado)\n", GONE.Bruno, UNHEARD],
  },
  {
    what: "the goodbye on its way",
    at: { direction: "back", line: /^DISC$/, after: "nothing" },
    bruno: "/bye",
    killed: "Bruno",
    sees: ["Conectado a Bruno (confirmado)\n", GONE.Bruno, UNHEARD],
  },
  {
    what: "the caller, before USER",
    at: { direction: "forth", line: /^USER Ana$/, after: "nothing" },
    killed: "Ana",
    sees: [],
  },
  {
    what: "the caller, her text on its way",
    at: { direction: "forth", line: /^oi$/, after: "nothing" },
    killed: "Ana",
    sees: ["Conectado a Ana (confirmado)\n", GONE.Ana],
  },
];

for (const { what, at, bruno: says, killed, sees } of STEPS) {
  Deno.test(`direct chat, ${killed} is killed: ${what}`, async () => {
    await using server = await startServer(["--quiet"]);
    await using bruno = await startPeer(server, "Bruno");
    await using wire = new WireTap({ port: bruno.port });
    await using lookups = new WireTap({
      port: server.chatPort,
      change: (reply) => reply.replace(`:${bruno.port}\r`, `:${wire.port}\r`),
    });
    await using ana = await startPeer({ ...server, chatPort: lookups.port }, "Ana");
    const [victim, other] = killed === "Ana" ? [ana, bruno] : [bruno, ana];

    const hold = at === undefined ? lookups.hold(FOUND) : wire.hold(at);
    await ana.say("/to Bruno oi");
    if (says !== undefined) {
      await bruno.waitFor("Ana: oi\n");
      await bruno.say(says);
    }
    await inTime(hold.reached, "the step never came");
    await wire.away();
    victim.kill("SIGKILL");
    await victim.ended();
    if (at === undefined) hold.release();
    else hold.cut();

    for (const sentence of sees) await other.waitFor(sentence);
    // The server knows it too: whoever is asked about is not there any more.
    await other.say("/list");
    await other.waitFor("Ninguém mais está ativo.\n");
    await other.say("ainda aí?");
    await other.waitFor("Nenhuma conexão P2P ativa\n");
    assert.equal(other.errors, "");
    assert.equal(other.output.includes(UNHEARD), sees.includes(UNHEARD));
    assert.equal(
      other.output.split("Conectado a").length - 1,
      sees.some((one) => one.startsWith("Conectado a")) ? 1 : 0,
    );
  });
}
