import { join } from "node:path";
import { PROJECT } from "./workbench.ts";

const PAGE = join(PROJECT, "docs", "benchmarks.md");

const INTRODUCTION = `\
# Benchmarks

Written by \`deno task bench\`, all but the last part; measure again rather than trust a figure from
elsewhere.

The figures of requests and messages stand beside echo programs that read as many bytes and write as
many, measured in the same run, in turns: the bare Deno read loop (\`Deno.listen\`, \`conn.read\`, \`conn.write\`), which the
ratio refers to, \`node:net\` in Node, and epoll in C. What has no such baseline says so. Figures are medians over the rounds; the
ratio is taken round by round, with its least and most; of rates, higher is better, of times and
sizes, lower. Server and load run on a core each; "busy" is how much of it they used. A ratio
marked "CPU" is one of the processor time that a request takes, the other way up: there the server
or its baseline did not use its whole core, because the load or other work of the machine was the
limit.`;

/** One suite's part of the page. */
export interface Section {
  readonly name: string;
  readonly about: string;
  readonly tables: string;
}

/**
 * The page of figures as Markdown. What was not measured now stays as it is in `former`.
 *
 * @param order the names of the sections; others that `former` has come after these
 */
export function formatPage(
  machine: string,
  sections: readonly Section[],
  order: readonly string[],
  former = "",
): string {
  const parts = new Map<string, string>();
  for (const part of former.split(/^(?=## )/m).slice(1)) {
    parts.set(/^## (.*)$/m.exec(part)![1]!, part.trimEnd());
  }
  for (const { name, about, tables } of sections) {
    parts.set(name, `## ${name}\n\nMachine: ${machine}.\n\n${about}\n\n${tables}`);
  }
  const names = new Set([...order, ...parts.keys()]);
  const texts = [...names].flatMap((name) => parts.get(name) ?? []);
  return `${[INTRODUCTION, ...texts].join("\n\n")}\n`;
}

/** Writes the page where the documentation has it, formatted as everything is; says where. */
export async function writePage(
  machine: string,
  sections: readonly Section[],
  order: readonly string[],
): Promise<string> {
  const former = await Deno.readTextFile(PAGE);
  await Deno.writeTextFile(PAGE, formatPage(machine, sections, order, former));
  const args = ["fmt", "--quiet", PAGE];
  const { success } = await new Deno.Command(Deno.execPath(), { args, cwd: PROJECT }).output();
  if (!success) throw new Error(`cannot format ${PAGE}`);
  return PAGE;
}
