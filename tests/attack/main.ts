/**
 * Hostile clients against the real programs, with an honest user beside each:
 * `deno task attack [-- --seconds N] [name…]` prints what came of it as a table.
 *
 * @module
 */
import { parseArgs } from "node:util";
import { SECOND } from "../../lib/base/units.ts";
import { describeMachine } from "../bench/machine.ts";
import { ATTACKS } from "./attacks.ts";
import { conduct, type Report } from "./conduct.ts";
import { reportTable } from "./report_table.ts";

const { values, positionals: names } = parseArgs({
  // `deno task attack -- --seconds 5` hands its `--` on.
  args: Deno.args.filter((argument) => argument !== "--"),
  options: { seconds: { type: "string", default: "10" } },
  allowPositionals: true,
});
const seconds = Number(values.seconds);
const unknown = names.find((name) => ATTACKS.every((attack) => attack.name !== name));
if (!Number.isInteger(seconds) || seconds < 1) {
  console.error(`--seconds ${values.seconds}: a whole number from 1 on is needed`);
  Deno.exit(2);
}
if (unknown !== undefined) {
  const known = ATTACKS.map(({ name }) => name).join(", ");
  console.error(`there is no attack ${unknown}; there are: ${known}`);
  Deno.exit(2);
}

const reports: Report[] = [];
for (const attack of ATTACKS) {
  if (names.length > 0 && !names.includes(attack.name)) continue;
  console.error(`${attack.name}: ${attack.deed} …`);
  reports.push(await conduct(attack, { before: 2 * SECOND, attack: seconds * SECOND }));
}
console.log(`${describeMachine()}\n\n${reportTable(reports)}`);
