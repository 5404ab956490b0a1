/** How a child process ended and what it printed. */
export interface ChildResult {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
  /** It was ended because its time was up. */
  readonly timedOut: boolean;
}

/** What a child process is given. */
export interface ChildOptions {
  readonly cwd?: string;
  /** Added to this process's environment, or instead of it with `clearEnv`. */
  readonly env?: Record<string, string>;
  readonly clearEnv?: boolean;
  /** Milliseconds after which it is ended. */
  readonly deadline: number;
}

/**
 * Runs `command` with no input and waits for its end, at most `deadline` ms.
 *
 * @throws {Deno.errors.NotFound} there is no such command
 */
export async function runChild(
  command: string,
  args: readonly string[],
  { deadline, ...options }: ChildOptions,
): Promise<ChildResult> {
  const child = new Deno.Command(command, {
    args: [...args],
    ...options,
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  let timedOut = false;
  const timer = setTimeout(() => {
    timedOut = true;
    child.kill("SIGKILL");
  }, deadline);
  try {
    const { code, stdout, stderr } = await child.output();
    const decoder = new TextDecoder();
    return { code, stdout: decoder.decode(stdout), stderr: decoder.decode(stderr), timedOut };
  } finally {
    clearTimeout(timer);
  }
}

/** What a failed child said, without colours, in one line: its error and the deepest cause. */
export function failureOf({ stderr, timedOut, code }: ChildResult): string {
  if (timedOut) return "it took too long";
  // deno-lint-ignore no-control-regex -- the colours of a terminal
  const lines = stderr.replace(/\x1b\[[0-9;]*m/g, "").split("\n").map((line) => line.trim());
  const causes = lines.flatMap((line) => /^\d+: (.+)$/.exec(line)?.[1] ?? [])
    .filter((cause) => cause !== "<unknown>");
  const error = lines.flatMap((line) => /^error: (.+)$/i.exec(line)?.[1] ?? []);
  return causes.at(-1) ?? error.at(-1) ?? `exit code ${code}`;
}
