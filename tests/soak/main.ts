/**
 * A server and many peers for a long time: whether anything is lost, and whether anything is kept
 * that should be gone. `deno task soak --help` tells its options.
 *
 * @module
 */
import { runTask } from "../command_line/run_task.ts";
import { announcement, SOAK_TASK, soakOptions } from "./options.ts";
import { report } from "./report.ts";
import { Soak } from "./soak.ts";
import { complaints } from "./verdict.ts";

Deno.exit(await runTask(SOAK_TASK, Deno.args, (asked) => soak(soakOptions(asked))));

async function soak(options: ReturnType<typeof soakOptions>): Promise<number> {
  console.error(announcement(options));
  const outcome = await Soak.run({ ...options, progress: (text) => console.error(text) });
  console.log(report(outcome));
  const reasons = complaints(outcome);
  if (reasons.length === 0) {
    console.log("\nNothing is lost, and nothing is kept that should be gone.");
    return 0;
  }
  console.error(`\nThe soak has failed:\n${reasons.map((reason) => `- ${reason}`).join("\n")}`);
  return 1;
}
