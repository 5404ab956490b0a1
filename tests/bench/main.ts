/**
 * Measures the programs beside baselines of the same run.
 *
 *     deno task bench [suite…] [--quick] [--write] [--self-check]
 *
 * `--quick` takes half a minute and is rough. `--write` writes docs/benchmarks.md. `--self-check`
 * measures the bare echo against itself, which shows how much the machine's noise is.
 */
import type { Figure } from "./figures.ts";
import { describeMachine } from "./machine.ts";
import { type Options, parseOptions, UsageError } from "./options.ts";
import { type Section, writePage } from "./page.ts";
import { endAllPrograms } from "./process.ts";
import { report } from "./report.ts";
import { CALL } from "./call/call.ts";
import { MUSIC } from "./music/music.ts";
import { DIRECTORY } from "./suites/directory.ts";
import { OVERLAY } from "./suites/overlay.ts";
import type { Suite } from "./suites/suite.ts";
import { Workbench } from "./workbench.ts";

const SUITES: ReadonlyMap<string, Suite> = new Map(
  [DIRECTORY, OVERLAY, CALL, MUSIC].map((suite) => [suite.name, suite]),
);

try {
  await run(parseOptions(Deno.args, [...SUITES.keys()]));
} catch (error) {
  if (!(error instanceof UsageError)) throw error;
  console.error(error.message);
  Deno.exit(2);
}

async function run(options: Options): Promise<void> {
  await using bench = await Workbench.open(options);
  using _interruptible = onInterrupt(async () => {
    await endAllPrograms();
    await bench[Symbol.asyncDispose]();
    Deno.exit(130);
  });
  const machine = describeMachine();
  console.log(machine);
  const sections: Section[] = [];
  for (const name of options.suites) {
    const { about, measure } = SUITES.get(name)!;
    const figures: Figure[] = [];
    for await (const figure of measure(bench)) figures.push(figure);
    const tables = report(figures);
    console.log(`\n${name}\n\n${tables}`);
    sections.push({ name, about, tables });
  }
  if (options.write) console.log(`\nWritten to ${await writePage(machine, sections)}`);
}

/** Calls `end` on Ctrl-C and SIGTERM until it is disposed. */
function onInterrupt(end: () => void): Disposable {
  const signals = ["SIGINT", "SIGTERM"] as const;
  for (const signal of signals) Deno.addSignalListener(signal, end);
  return {
    [Symbol.dispose]() {
      for (const signal of signals) Deno.removeSignalListener(signal, end);
    },
  };
}
