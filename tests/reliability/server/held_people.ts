/**
 * People of whom each is stopped at another step of a protocol when their server is killed.
 *
 * @module
 */
import type { HoldPoint } from "../../processes/wire_tap.ts";
import type { HeldLine, Port } from "./killable_server.ts";

/** One person at one step, and what they see. */
export interface HeldPerson {
  readonly name: string;
  /** Lines at which their program stands as soon as it knows their name. */
  readonly start?: readonly HeldLine[];
  /** What they type when they are registered everywhere, and the lines at which it ends. */
  readonly types?: string;
  readonly held?: readonly HeldLine[];
  /** What they see when the server has been killed. */
  readonly away: readonly RegExp[];
  /** What they see when it is there again. */
  readonly back: readonly RegExp[];
}

const CHAT_LOST = /^O servidor caiu\. As conversas continuam/m;
const CHAT_BACK = /^O servidor voltou, e você está ativo de novo como /m;
const CALLS_LOST = /^O registro de ligações \S+ caiu \(.*\)\. Uma ligação em curso continua/m;
const CALLS_BACK = /^O registro de ligações voltou a responder, e você pode receber ligações/m;
const ABSENT = /^O servidor está fora do ar agora, por isso não é possível fazer isso\./m;
const NEVER_THERE = /^Não foi possível chegar ao servidor \S+\. Veja se ele está rodando/m;
const WELCOME = /^Para sair: \/exit|Para sair: \/exit$/m;
const OVERLAY = /^Você está registrado como /m;
const CALLS = /^Você está registrado para ligações: /m;

/** Nothing of a request has arrived, or all of it and nothing of its reply, or half of that. */
const request = (port: Port, line: RegExp): HeldLine => at(port, "forth", line, "nothing");
const reply = (port: Port, line: RegExp): HeldLine => at(port, "back", line, "nothing");
const halfReply = (port: Port, line: RegExp): HeldLine => at(port, "back", line, "half");

function at(
  port: Port,
  direction: HoldPoint["direction"],
  line: RegExp,
  after: HoldPoint["after"],
): HeldLine {
  return [port, { direction, line, after }];
}

/** Everyone but who leaves. */
export const HELD_PEOPLE: readonly HeldPerson[] = [
  {
    // USER has not arrived.
    name: "Ana",
    start: [request("chat", /^USER /)],
    away: [NEVER_THERE],
    back: [WELCOME, OVERLAY, CALLS],
  },
  {
    // USER has, and half of the list comes that says so.
    name: "Bia",
    start: [halfReply("chat", /^LIST/)],
    away: [NEVER_THERE],
    back: [WELCOME, OVERLAY, CALLS],
  },
  {
    // A list was asked for.
    name: "Caio",
    types: "/list",
    held: [request("chat", /^LIST/)],
    away: [ABSENT, CHAT_LOST],
    back: [CHAT_BACK, CALLS_BACK],
  },
  {
    // It is looked up where somebody is, to be written to.
    name: "Davi",
    types: "/to Caio até amanhã",
    held: [reply("chat", /^ADDR /)],
    away: [ABSENT, /^Não enviado a Caio: até amanhã$/m, CHAT_LOST],
    back: [CHAT_BACK, CALLS_BACK],
  },
  {
    // She is registered in none of the others yet: neither request has arrived.
    name: "Gil",
    start: [request("registry", /"registro"/), request("registry", /"REGISTER"/)],
    away: [
      /^O registro de ligações \S+ não responde \(.*\), por isso ninguém pode ligar para você/m,
      /^O rendezvous \S+ não responde \(.*\), por isso novos peers não são encontrados\./m,
      CHAT_LOST,
    ],
    back: [CHAT_BACK, OVERLAY, CALLS],
  },
  {
    // He is, and does not know it: both replies are lost.
    name: "Hugo",
    start: [reply("registry", /"registro_ok"/), reply("registry", /"status":"OK","ttl"/)],
    away: [
      /^O registro de ligações \S+ não responde \(.*\), por isso ninguém pode ligar para você/m,
      /^O rendezvous \S+ não responde \(fechada sem resposta\)/m,
      CHAT_LOST,
    ],
    back: [CHAT_BACK, OVERLAY, CALLS, /^O rendezvous \S+ responde de novo\.$/m],
  },
  {
    // It is asked where somebody can be called.
    name: "Iara",
    types: "/who Caio",
    held: [reply("registry", /"consulta_ok"/)],
    away: [/^O registro de ligações não responde, .* perguntar onde Caio está\./m, CALLS_LOST],
    back: [CHAT_BACK, CALLS_BACK],
  },
  {
    // Half of the list of peers has come.
    name: "Joca",
    types: "/peers *",
    held: [halfReply("registry", /"peers"/)],
    away: [/^Não foi possível perguntar ao rendezvous \(fechada sem resposta\)/m, CALLS_LOST],
    back: [CHAT_BACK, CALLS_BACK],
  },
];

/** Who is called, while it is asked whether the caller is who he says. */
export const CALLED: HeldPerson = {
  name: "Eva",
  held: [reply("chat", /^ADDR /)],
  away: [
    /^Conectado a \?Fabi$/m,
    /^Fabi não foi confirmado pelo servidor, que não respondeu a tempo\. Não confie no nome\.$/m,
    /\?Fabi \(não confirmado\): alô, Eva$/m,
  ],
  back: [CHAT_BACK, CALLS_BACK],
};

/** Who calls her. */
export const CALLER: HeldPerson = {
  name: "Fabi",
  types: "/chat Eva",
  away: [/^Conectado a Eva \(confirmado\)$/m, CHAT_LOST],
  back: [CHAT_BACK, CALLS_BACK],
};

/** Who has said goodbye, and does not hear what is said to that. */
export const LEAVING: HeldPerson = {
  name: "Kim",
  types: "/exit",
  held: [reply("registry", /"encerramento_ok"/), reply("registry", /^\{"status":"OK"\}$/)],
  away: [/^Até logo!$/m],
  back: [],
};

/** Who says goodbye and is not heard: what a store keeps of her there ends with its lease. */
export const UNHEARD: HeldPerson = {
  name: "Lia",
  types: "/exit",
  held: [request("registry", /"UNREGISTER"/)],
  away: [/^Até logo!$/m],
  back: [],
};

/** When a program waits for a name, and has not connected yet. */
export const ASKED: readonly RegExp[] = [/^Nome de usuário:/m];

/** When somebody is registered everywhere. */
export const SETTLED: readonly RegExp[] = [WELCOME, OVERLAY, CALLS];
