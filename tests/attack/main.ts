/**
 * Hostile clients against the real programs, with an honest user beside each. `deno task attack
 * --help` tells its options.
 *
 * @module
 */
import { SECOND } from "../../lib/base/units.ts";
import { describeMachine } from "../bench/machine.ts";
import { runTask } from "../command_line/run_task.ts";
import { terminalColumns } from "../command_line/terminal_columns.ts";
import type { Attack } from "./attack.ts";
import { ATTACKS } from "./attacks.ts";
import { conduct, type Report } from "./conduct.ts";
import { attackTask } from "./options.ts";
import { reportBlock, reportTable } from "./report_text.ts";

const TASK = attackTask(ATTACKS.map(({ name }) => name));

Deno.exit(
  await runTask(TASK, Deno.args, async ({ words, values }) => {
    const chosen = ATTACKS.filter(({ name }) => words.length === 0 || words.includes(name));
    return await attackAll(chosen, values.seconds * SECOND);
  }),
);

/** Carries the attacks out one after the other, also after one that failed. */
async function attackAll(attacks: readonly Attack[], milliseconds: number): Promise<number> {
  const watched = Deno.stdout.isTerminal();
  const reports: Report[] = [];
  if (watched) console.log(describeMachine());
  for (const attack of attacks) {
    if (watched) console.log(`\n${attack.name}`);
    else console.error(`${attack.name}: ${attack.deed} …`);
    try {
      const report = await conduct(attack, { before: 2 * SECOND, attack: milliseconds });
      reports.push(report);
      if (watched) console.log(reportBlock(report, terminalColumns()));
    } catch (error) {
      console.error(`${attack.name} failed:`, error);
    }
  }
  if (!watched) console.log(`${describeMachine()}\n\n${reportTable(reports)}`);
  return reports.length === attacks.length ? 0 : 1;
}
