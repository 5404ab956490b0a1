/**
 * Either side of a call, killed at each step of it: what the person at the other side reads, and that
 * whoever was killed can be called again at once. One row a step.
 *
 * @module
 */
import assert from "node:assert/strict";
import { type CallingPeer, startCallingPeer } from "../../processes/call_rig/calling_peer.ts";
import {
  enter,
  type ServerPorts,
  startPeerAtTerminal,
  startServer,
} from "../../processes/programs.ts";
import { each } from "../../processes/at_once.ts";
import { ScriptedPhone } from "./scripted_phone.ts";

const SILENT = { args: ["--mic", "none", "--speaker", "none"], permissions: [] };

/** Somebody whose program runs, and somebody who is gone at a certain step. */
interface Pair {
  readonly ana: CallingPeer;
  readonly rui: ScriptedPhone;
}

/** Ana calls, Rui answers. */
async function inCall({ ana, rui }: Pair): Promise<string> {
  await ana.program.say(`/call ${rui.name}`);
  await ana.program.waitFor("Chamando");
  const invitation = await rui.hears("convite");
  await rui.accepts(invitation);
  await ana.program.waitFor("atendeu");
  return invitation.call_id as string;
}

/** What happens until Rui is gone, and what Ana reads then. */
const THEY_ARE_KILLED: readonly {
  readonly step: string;
  readonly until: (pair: Pair) => Promise<unknown>;
  readonly then?: (pair: Pair) => Promise<unknown>;
  readonly reads: RegExp;
}[] = [
  {
    step: "registered",
    until: () => Promise.resolve(),
    then: ({ ana, rui }) => ana.program.say(`/call ${rui.name}`),
    reads: /Rui\d não está registrado para ligações\./,
  },
  {
    step: "accepted, nothing heard yet",
    until: inCall,
    reads: /Nada mais chega de Rui\d, por isso a ligação foi encerrada depois de 0:0\d\./,
  },
  {
    step: "in a call",
    until: async (pair) => {
      await inCall(pair);
      for (let n = 0; n < 5; n++) await pair.rui.speaks(pair.ana.port);
    },
    reads: /Nada mais chega de Rui\d, por isso a ligação foi encerrada depois de 0:\d\d\./,
  },
  {
    step: "hanging up, said once of three times",
    until: async (pair) => await pair.rui.hangsUp(pair.ana.port, await inCall(pair)),
    reads: /Rui\d desligou\. A ligação durou 0:0\d\./,
  },
  {
    step: "calling, invited twice",
    until: async ({ ana, rui }) => {
      const call = await rui.invites(ana.port);
      await ana.program.waitFor("está ligando para você");
      await rui.invites(ana.port, call);
    },
    then: ({ ana }) => ana.program.say("/reject"),
    reads: /Você recusou a ligação de \??Rui\d\./,
  },
  {
    step: "calling, the answer is lost",
    until: async ({ ana, rui }) => {
      await rui.invites(ana.port);
      await ana.program.waitFor("está ligando para você");
    },
    then: ({ ana }) => ana.program.say("/accept"),
    reads: /Nada mais chega de \??Rui\d, por isso a ligação foi encerrada depois de 0:0\d\./,
  },
];

Deno.test("calls: the other side is killed at each step: a sentence, and the next call goes through", async (t) => {
  await using server = await startServer();
  const rows = THEY_ARE_KILLED.map(async ({ step, until, then, reads }, n) => {
    await using ana = await startCallingPeer(server, `Ana${n}`, SILENT);
    const pair = { ana, rui: await ScriptedPhone.register(server, `Rui${n}`) };
    await until(pair);
    await pair.rui.dies();
    await then?.(pair);
    await ana.program.waitFor(reads);
    // Restarted, he is called and answers.
    await using rui = await ScriptedPhone.register(server, `Rui${n}`);
    await inCall({ ana, rui });
    assert.equal(ana.program.errors, "", step);
  });
  const vain = { step: "invited, not answered: the caller can give up, and call again" };
  await each(t, [...THEY_ARE_KILLED, vain], [...rows, invitedInVain()]);
});

/** Who was invited is killed before answering. */
async function invitedInVain(): Promise<void> {
  await using server = await startServer();
  await using ana = await startPeerAtTerminal(server, "Ana", { args: SILENT.args });
  await server.program.waitFor("Ligações de voz, 1 usuário ativo:\n");
  {
    await using rui = await ScriptedPhone.register(server, "Rui");
    enter(ana, "/call Rui");
    await rui.hears("convite");
  }
  enter(ana, "/hangup");
  await ana.waitFor("Você desistiu de chamar Rui.");
  enter(ana, "/call Rui");
  await ana.waitFor("Rui não está registrado para ligações.");
  await using rui = await ScriptedPhone.register(server, "Rui");
  enter(ana, "/call Rui");
  await rui.accepts(await rui.hears("convite"));
  await ana.waitFor("Rui atendeu.");
}

/** What happens until Ana's program is killed. */
const WE_ARE_KILLED: readonly {
  readonly step: string;
  readonly until: (pair: Pair) => Promise<unknown>;
}[] = [
  { step: "registered", until: () => Promise.resolve() },
  {
    step: "inviting",
    until: async ({ ana, rui }) => {
      await ana.program.say(`/call ${rui.name}`);
      await rui.hears("convite");
    },
  },
  {
    step: "ringing",
    until: async ({ ana, rui }) => {
      await rui.invites(ana.port);
      await ana.program.waitFor("está ligando para você");
    },
  },
  {
    step: "accepted, before any sound of the other side",
    until: async ({ ana, rui }) => {
      const call = await rui.invites(ana.port);
      await ana.program.waitFor("está ligando para você");
      await ana.program.say("/accept");
      await rui.hears("resposta_ao_convite", call);
    },
  },
  { step: "in a call", until: inCall },
  {
    step: "hanging up, said once",
    until: async (pair) => {
      const call = await inCall(pair);
      await pair.ana.program.say("/hangup");
      await pair.rui.hears("encerrar_ligação", call);
    },
  },
];

Deno.test("calls: killed at each step and started again: called at once, the old call disturbs nothing", async (t) => {
  await using server = await startServer();
  const rows = WE_ARE_KILLED.map(async ({ until }, n) => {
    await using rui = await ScriptedPhone.register(server, `Rui${n}`);
    {
      await using ana = await startCallingPeer(server, `Ana${n}`, SILENT);
      await until({ ana, rui });
      ana.program.kill("SIGKILL");
      assert.equal((await ana.program.ended()).code, 137);
    }
    await using ana = await startCallingPeer(server, `Ana${n}`, SILENT);
    assert.equal(await portOf(rui, ana.name), ana.port, "the registry has the new port");
    // What is left of a call of before, sound and a goodbye, means nothing to her.
    await rui.speaks(ana.port);
    await rui.hangsUp(ana.port, crypto.randomUUID());
    const call = await rui.invites(ana.port);
    await ana.program.waitFor("está ligando para você");
    await ana.program.say("/accept");
    assert.equal((await rui.hears("resposta_ao_convite", call)).resposta, "aceito");
    await rui.hangsUp(ana.port, call);
    await ana.program.waitFor(/Rui\d desligou\./);
    assert.doesNotMatch(ana.program.output, /Nada mais chega|ligou e desistiu/);
  });
  const theServer = { step: "the server, in a call: it goes on" };
  await each(t, [...WE_ARE_KILLED, theServer], [...rows, serverReturns()]);
});

/** The server is killed and restarted in a call. */
async function serverReturns(): Promise<void> {
  const first = await startServer();
  const ports: ServerPorts = first;
  await using ana = await startCallingPeer(ports, "Ana", SILENT);
  await using bia = await startCallingPeer(ports, "Bia", SILENT);
  await ana.program.say("/call Bia");
  await bia.program.waitFor("Ana está ligando para você");
  await bia.program.say("/accept");
  await ana.program.waitFor("Bia atendeu.");
  first.program.kill("SIGKILL");
  await first.program.ended();
  await first[Symbol.asyncDispose]();
  const lost = /O registro de ligações \S+ caiu .*\. Uma ligação em curso continua;/;
  await Promise.all([ana, bia].map(({ program }) => program.waitFor(lost)));
  await ana.program.say("/who Bia");
  await ana.program.waitFor("O registro de ligações não responde");
  const { chatPort, registryPort } = ports;
  await using _second = await startServer([], { chatPort, registryPort });
  const back = "O registro de ligações voltou a responder, e você pode receber ligações";
  await Promise.all([ana, bia].map(({ program }) => program.waitFor(back)));
  await ana.program.say("/hangup");
  await ana.program.waitFor(/Você desligou\. A ligação com Bia durou 0:\d\d\./);
  await bia.program.waitFor(/Ana desligou\. A ligação durou 0:\d\d\./);
  await bia.program.say("/call Ana");
  await ana.program.waitFor("Bia está ligando para você");
}

/** Where the registry says that somebody is called. */
async function portOf(asking: ScriptedPhone, name: string): Promise<number> {
  asking.registry.send(`{"type":"consulta","nome":"${name}"}\n`);
  const [, port] = await asking.registry.waitFor(/"consulta_ok".*"porta":(\d+)/);
  return Number(port);
}
