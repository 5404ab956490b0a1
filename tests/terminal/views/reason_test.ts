import { strict as assert } from "node:assert";
import { translator } from "../../../lib/terminal/messages/catalogue.ts";
import { reasonText } from "../../../lib/terminal/views/reason.ts";

Deno.test("the usual reasons are said in the person's language", () => {
  const cases: [string, string][] = [
    ["Connection refused (os error 111)", "ninguém escuta lá"],
    ["no answer in time", "sem resposta a tempo"],
    ["no answer", "sem resposta a tempo"],
    ["Connection timeout", "sem resposta a tempo"],
    ["connect ECONNREFUSED 127.0.0.1:1", "ninguém escuta lá"],
    ["getaddrinfo ENOTFOUND redis.invalid", "o nome não é conhecido"],
    ["connect EHOSTUNREACH 192.0.2.1:6379", "sem caminho até lá"],
    ["Socket closed unexpectedly", "a conexão foi fechada"],
    ["Cannot assign requested address (os error 99)", "esta máquina não tem esse endereço"],
    ["no_answer", "sem resposta a tempo"],
    ["timed out", "sem resposta a tempo"],
    ["failed to lookup address information: Name or service not known", "o nome não é conhecido"],
    ["No route to host (os error 113)", "sem caminho até lá"],
    ["Network is unreachable (os error 101)", "sem caminho até lá"],
    ["Connection reset by peer (os error 104)", "a conexão caiu"],
    ["closed without an answer", "fechada sem resposta"],
    ["no permission", "falta uma permissão"],
    ["the reply is too long", "a resposta era longa demais"],
    ["end_of_file", "a conexão foi fechada"],
  ];
  for (const [reason, expected] of cases) {
    assert.equal(reasonText(reason, translator("pt")), expected, reason);
  }
});

Deno.test("any other reason is shown as it came, printable", () => {
  assert.equal(reasonText("bad_name \x1b[2J", translator("en")), "bad_name ␛[2J");
});
