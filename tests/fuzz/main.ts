/**
 * Fuzzes parsers and machines for as long as one likes; what is found is written into the corpus and
 * named with the command that replays it. `deno task fuzz --help` tells its options.
 *
 * @module
 */
import { basename, dirname } from "node:path";
import { UsageError } from "../command_line/command_line.ts";
import { runTask } from "../command_line/run_task.ts";
import { addToCorpus } from "./corpus.ts";
import { failureOf } from "./fuzzer.ts";
import { type FuzzOptions, fuzzOptions, fuzzTask } from "./options.ts";
import type { SearchResult } from "./search.ts";
import { InputWindow, type SearchAnswer, type SearchOrder } from "./search_worker.ts";
import { TARGETS } from "./targets.ts";
import type { FuzzTarget } from "./target.ts";

/** Seconds on one input after which a target counts as one that never ends. */
const HANGS = 20;
/** Inputs of one target that `--keep` adds at the most, and their bytes: a corpus stays small. */
const KEPT = { files: 5, bytes: 1200 } as const;

/** Nothing answered; `input` was being run. */
interface Hang {
  readonly hung: Uint8Array;
}

const NAMES = TARGETS.map(({ name }) => name);

Deno.exit(
  await runTask(fuzzTask(NAMES), Deno.args, (asked) => main(fuzzOptions(asked, NAMES))),
);

async function main(options: FuzzOptions): Promise<number> {
  if (options.replay !== null) return await replay(options.replay, options.targets);
  const targets = TARGETS.filter(({ name }) => options.targets.includes(name));
  // The run begins with its process, before anything was loaded.
  const begun = performance.timeOrigin;
  const end = begun + options.seconds * 1000;
  let [found, inputs] = [0, 0];
  for (const [index, target] of targets.entries()) {
    const { name } = target;
    const now = Date.now();
    const until = now + (end - now) / (targets.length - index);
    const answer = await searchApart(target, { target: name, seed: options.seed, until });
    if ("broken" in answer) throw new Error(answer.broken);
    if ("hung" in answer) {
      found += 1;
      report(name, "hangs", answer.hung, `nothing came of it for ${HANGS} s`);
      continue;
    }
    const { runs, behaviours, faults, news } = answer.result;
    console.log(
      `${name.padEnd(24)} ${runs} inputs, ${behaviours} behaviours, ${news.length} new, ` +
        `${faults.length} faults`,
    );
    found += faults.length;
    inputs += runs;
    for (const { input, stack, after } of faults) {
      report(name, "failed", input, `${stack}\n  after ${after} inputs`);
    }
    if (options.keep) keep(name, answer.result);
  }
  const seconds = ((Date.now() - begun) / 1000).toFixed(1);
  console.log(
    `${counted(targets.length, "target")}, ${counted(inputs, "input")}, ` +
      `${counted(found, "fault")}, ${seconds} seconds`,
  );
  return found === 0 ? 0 : 1;
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? "" : "s"}`;
}

/** Searches in another thread, and notices when that never comes back. */
async function searchApart(
  { most }: FuzzTarget,
  order: Omit<SearchOrder, "memory">,
): Promise<SearchAnswer | Hang> {
  const window = InputWindow.for(most);
  const worker = new Worker(new URL("./search_worker.ts", import.meta.url), { type: "module" });
  const { promise, resolve, reject } = Promise.withResolvers<SearchAnswer | Hang>();
  worker.onmessage = ({ data }: MessageEvent<SearchAnswer>) => resolve(data);
  worker.onerror = (event) => {
    event.preventDefault();
    reject(new Error(event.message));
  };
  let [count, seen] = [0, performance.now()];
  const watch = setInterval(() => {
    if (window.count !== count) [count, seen] = [window.count, performance.now()];
    else if (count > 0 && performance.now() - seen > HANGS * 1000) resolve({ hung: window.input });
  }, 500);
  try {
    worker.postMessage({ ...order, memory: window.memory } satisfies SearchOrder);
    return await promise;
  } finally {
    clearInterval(watch);
    worker.terminate();
  }
}

function report(target: string, word: string, input: Uint8Array, what: string): void {
  const path = addToCorpus(target, word, input);
  console.error(`${target}: ${what}\n  replay: deno task fuzz --replay ${path}`);
}

function keep(target: string, { news }: SearchResult): void {
  const short = news.filter(({ length }) => length > 0 && length <= KEPT.bytes);
  for (const input of short.slice(0, KEPT.files)) addToCorpus(target, "found", input);
}

/**
 * Runs one file for the target of its folder, or for the one that was named.
 *
 * @throws {UsageError} where there is no such file or target
 */
async function replay(path: string, named: readonly string[]): Promise<number> {
  const folder = named.length === 1 ? named[0] : basename(dirname(path));
  const input = await inputIn(path);
  const target = TARGETS.find(({ name }) => name === folder);
  if (target === undefined) {
    throw new UsageError(`There is no target “${folder}”; name one before the file.`);
  }
  const behaviours: string[] = [];
  const error = await failureOf(target, input, (one) => behaviours.push(one));
  console.log(`${target.name}: ${error === null ? "holds" : error.stack ?? error.message}`);
  for (const behaviour of new Set(behaviours)) console.log(`  ${behaviour}`);
  return error === null ? 0 : 1;
}

async function inputIn(path: string): Promise<Uint8Array> {
  try {
    return await Deno.readFile(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) throw new UsageError(`There is no file ${path}.`);
    throw new UsageError(`The file ${path} cannot be read.`);
  }
}
