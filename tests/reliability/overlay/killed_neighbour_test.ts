/**
 * A direct neighbour is killed while it is greeted, and while a message is on its way to it.
 *
 * @module
 */
import assert from "node:assert/strict";
import type { PipedProgram } from "../../processes/piped_program.ts";
import { KillablePeers } from "./killable_peers.ts";

Deno.test("a neighbour is killed at each step of a link: what was sent arrives when it is back", async () => {
  await using peers = await KillablePeers.open();
  const [davi, duda] = [await peers.reachable("Davi"), await peers.reachable("Duda")];
  // Greeted, and the answer is lost.
  const started: PipedProgram[] = [];
  const greeted = await peers.killAt(
    { direction: "back", line: /"HELLO_OK".*"ttl":8/, after: "nothing" },
    async () => void started.push(await peers.outbound("Ana")),
  );
  const ana = started[0]!;
  await ana.say(`/connect ${greeted.id}`);
  await ana.waitFor(`Não foi possível conectar a ${greeted.id}.`);
  await peers.again(greeted);
  await ana.waitFor(`Há agora uma conexão direta com ${greeted.id}.`);

  // On its way, and shown with the acknowledgement lost: both are sent again to who is back.
  const unshown = await peers.killAt(
    { direction: "forth", line: /"SEND".*"dst":"Davi@Giga"/, after: "nothing" },
    () => ana.say("/msg @Davi@Giga oi, Davi"),
  );
  assert.equal(unshown, davi);
  await peers.again(davi);
  // It depends on who is connected sooner whether they come by the other neighbour.
  await ana.waitFor(/^✓ Davi@Giga: entregue (?:diretamente|via Duda@Giga \(2 saltos\)) em /m);
  await davi.program.waitFor("Ana@UnB: oi, Davi\n");
  const shown = await peers.killAt(
    { direction: "back", line: /"ACK".*"from":"Duda@Giga"/, after: "nothing" },
    async () => {
      await ana.say("/msg @Duda@Giga oi, Duda");
      await duda.program.waitFor("Ana@UnB: oi, Duda\n");
    },
  );
  assert.equal(shown, duda);
  await peers.again(duda);
  await ana.waitFor(/^✓ Duda@Giga: entregue (?:diretamente|via Davi@Giga \(2 saltos\)) em /m);
  // She has a new screen, and what she was shown before is forgotten with the old one.
  await duda.program.waitFor("Ana@UnB: oi, Duda\n");
  assert.equal(davi.program.output.split("Ana@UnB: oi, Davi\n").length, 2, "shown once");
  assert.equal(ana.errors, "");
});
