/**
 * A server and many peers for a long time: whether anything is lost, and whether anything is kept
 * that should be gone. `deno task soak -- [--minutes N] [--peers N] [--seed N]`; exits with 1 and
 * the reasons where something is wrong.
 *
 * @module
 */
import { parseOptions, UsageError } from "./options.ts";
import { report } from "./report.ts";
import { Soak } from "./soak.ts";
import { complaints } from "./verdict.ts";

Deno.exit(await main(Deno.args));

async function main(args: readonly string[]): Promise<number> {
  let options: ReturnType<typeof parseOptions>;
  try {
    options = parseOptions(args);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    console.error(error.message);
    return 2;
  }
  const { peers, workers, minutes, seed } = options;
  console.error(`${peers} people in ${workers} processes for ${minutes} min, seed ${seed}`);
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
