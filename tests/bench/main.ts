/**
 * Measures the programs beside baselines of the same run.
 *
 * A suite that fails does not stop the others; its part of docs/benchmarks.md stays as it was.
 * `deno task bench --help` tells the options.
 */
import { runTask } from "../command_line/run_task.ts";
import type { Figure } from "./figures.ts";
import { describeMachine } from "./machine.ts";
import { benchOptions, benchTask, type Options } from "./options.ts";
import { type Section, writePage } from "./page.ts";
import { endAllPrograms } from "./process.ts";
import { report } from "./report.ts";
import { CALL } from "./call/call.ts";
import { MUSIC } from "./music/music.ts";
import { CONNECTIONS } from "./suites/connections.ts";
import { DIRECTORY } from "./suites/directory.ts";
import { OVERLAY } from "./suites/overlay.ts";
import { START_UP } from "./suites/start_up.ts";
import { STORES } from "./suites/stores.ts";
import type { Suite } from "./suites/suite.ts";
import { Workbench } from "./workbench.ts";

const SUITES: ReadonlyMap<string, Suite> = new Map(
  [DIRECTORY, CONNECTIONS, OVERLAY, CALL, MUSIC, START_UP, STORES].map((
    suite,
  ) => [suite.name, suite]),
);

const NAMES = [...SUITES.keys()];

Deno.exit(
  await runTask(
    benchTask(NAMES),
    Deno.args,
    async (asked) => await run(benchOptions(asked, NAMES)) === 0 ? 0 : 1,
  ),
);

/** Runs the suites; how many of them failed. */
async function run(options: Options): Promise<number> {
  await using bench = await Workbench.open(options);
  using _interruptible = onInterrupt(async () => {
    await endAllPrograms();
    await bench[Symbol.asyncDispose]();
    Deno.exit(130);
  });
  const machine = describeMachine();
  console.log(machine);
  let failures = 0;
  for (const [index, name] of options.suites.entries()) {
    bench.progress(`\n${name}: suite ${index + 1} of ${options.suites.length}`);
    const begun = performance.now();
    const section = await measure(bench, SUITES.get(name)!);
    bench.progress(`${name}: took ${Math.round((performance.now() - begun) / 1000)} s`);
    if (section === null) failures += 1;
    else if (options.write) {
      console.log(`\nWritten to ${await writePage(machine, [section], NAMES)}`);
    }
  }
  return failures;
}

/** Prints a suite's figures, and those before the failure where it fails; null then. */
async function measure(bench: Workbench, { name, about, measure }: Suite): Promise<Section | null> {
  const figures: Figure[] = [];
  let failure: unknown = null;
  try {
    for await (const figure of measure(bench)) figures.push(figure);
  } catch (error) {
    failure = error;
    await endAllPrograms();
  }
  const tables = report(figures);
  console.log(`\n${name}\n\n${tables}`);
  if (failure === null) return { name, about, tables };
  console.error(`\n${name} failed:`, ...errorsIn(failure));
  return null;
}

/** What went wrong first, then what went wrong while that was cleaned up after. */
function* errorsIn(failure: unknown): Generator<unknown> {
  if (failure instanceof SuppressedError) {
    yield* errorsIn(failure.suppressed);
    yield* errorsIn(failure.error);
  } else yield failure;
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
