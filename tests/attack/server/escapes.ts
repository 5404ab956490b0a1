import { PATIENCE } from "../../processes/output_watch.ts";
import { RawClient } from "../../processes/raw_client.ts";
import type { Attack } from "../attack.ts";
import { ServerTarget } from "../server_target.ts";

/** What a terminal would obey, and what it would show as something else. */
const ESCAPES = ["\x1b[2J", "\x1b]0;owned\x07", "\x9b31m", "\x1bP$q\x1b\\", "\r\x7f", "\u2028"];
/** Names that the wire allows: turned round, and with a letter that nobody sees. */
const DISGUISES = ["\u202eanA", "A\u200bna", "\u2066Ana\u2069"];
/** Line breaks are the screen's and the log's own. */
// deno-lint-ignore no-control-regex
const OBEYED = /[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\p{Default_Ignorable_Code_Point}]/u;
/** Sent at the end, to wait for it. */
const LAST = "THE LAST LINE";

/** Names and texts that a screen would obey. */
export const escapes: Attack<ServerTarget> = {
  name: "escapes",
  deed: "escape sequences, controls of writing direction and invisible letters in names, " +
    "instructions and JSON of all systems, to a server that shows and logs every message",
  outcome:
    "names with control characters are refused; nothing that a terminal would obey gets to " +
    "the screen, the log or, but for invisible letters, which the wire allows, to others",
  open: () => ServerTarget.open([], { log: true }),
  async run({ chatPort, registryPort, server: { program }, logFile }) {
    let refused = 0;
    for (const text of [...ESCAPES, ...DISGUISES]) {
      const name = `x${text}y`;
      await using chat = await RawClient.connect(chatPort);
      chat.send(`${text}\r\nADDR ${name}\r\nUSER ${name}:1\r\nLIST\r\n`);
      chat.socket.end();
      await chat.closed();
      if (!chat.came.startsWith("LIST ")) refused += 1;
      for (
        const request of [
          { type: "REGISTER", namespace: name, name, port: 1, ttl: 60 },
          { type: "NODE_REGISTER", name, port: 1, ttl: 60, files: [] },
          { type: "registro", nome: name, porta: 1 },
          { type: "consulta", nome: name },
          { type: name },
        ]
      ) {
        await using client = await RawClient.connect(registryPort);
        client.send(`${JSON.stringify(request)}\n`);
        await client.waitFor("\n");
        if (/ERROR|erro/.test(client.came)) refused += 1;
      }
    }
    await using asker = await RawClient.connect(registryPort);
    asker.send('{"type":"DISCOVER"}\n');
    await asker.closed();
    const told = ESCAPES.filter((text) => asker.came.includes(text)).length;
    // What is shown and logged of all that is there when this is.
    await using last = await RawClient.connect(chatPort);
    last.send(`${LAST}\r\n`);
    await program.waitFor(LAST);
    const log = await logWith(logFile!, LAST);
    return {
      refused,
      "told to others": told,
      "lines obeyed on the screen": obeyed(program.output),
      "lines obeyed in the log": obeyed(log),
    };
  },
};

function obeyed(text: string): number {
  return text.split("\n").filter((line) => OBEYED.test(line)).length;
}

/** The log as soon as it holds a text. */
async function logWith(path: string, text: string): Promise<string> {
  const deadline = performance.now() + PATIENCE;
  for (;;) {
    const log = await Deno.readTextFile(path);
    if (log.includes(text)) return log;
    if (performance.now() > deadline) throw new Error(`not in the log: ${text}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
