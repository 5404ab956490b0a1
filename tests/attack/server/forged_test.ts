import { strict as assert } from "node:assert";
import { conduct, summary } from "../conduct.ts";
import { forged } from "./forged.ts";

Deno.test("nobody registers, closes or removes what is another's, nor points to a stranger", async () => {
  const report = await conduct(forged);
  console.log(summary(report));
  const rounds = Number(report.observed.rounds);
  for (
    const [code, times] of [
      ["name_taken", 1],
      ["nome_em_uso", 1],
      ["nao_autorizado", 1],
      ["already_registered", 2],
      ["foreign_address", 1],
      ["not_owner", 1],
    ] as const
  ) {
    const count = report.counted.get(`prosa_requests_refused_total{code="${code}"}`);
    assert.equal(count, times * rounds, code);
  }
});
