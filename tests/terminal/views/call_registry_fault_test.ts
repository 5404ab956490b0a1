import { equal, ok } from "node:assert/strict";
import { translator } from "../../../lib/terminal/messages/catalogue.ts";
import { registryFault } from "../../../lib/terminal/views/call_registry_fault.ts";

Deno.test("the registry's words in the person's language, another server's as they are", () => {
  const say = translator("pt");
  equal(registryFault("nome_em_uso", say), "já está em uso");
  equal(registryFault("toString", say), "toString");
  equal(registryFault("a\x1b[2J", say), "a␛[2J");
  ok(registryFault("x".repeat(9999), say).length <= 40);
});
