import { SECOND } from "../../base/units.ts";
import { ChildProgram } from "./child_program.ts";

/** Time for a program that only tells something. A sound server that hangs must not hold up a call. */
const DEADLINE = 1 * SECOND;
/** Most characters of what it tells: hundreds of devices. */
const MOST_OUTPUT = 1_000_000;

/**
 * What a program writes, or null where there is none of this name, it failed, or took more than a
 * second.
 *
 * @throws {DeviceError} it may not be started
 */
export async function childOutput(
  command: string,
  args: readonly string[],
): Promise<string | null> {
  await using child = ChildProgram.start(command, args, { stdin: "null", stdout: "piped" });
  if (child === null) return null;
  const signal = AbortSignal.timeout(DEADLINE);
  let output = "";
  try {
    for await (const text of child.stdout.pipeThrough(new TextDecoderStream(), { signal })) {
      output += text;
      if (output.length > MOST_OUTPUT) return null;
    }
  } catch {
    // Its time was up.
    return null;
  }
  const { code } = await child.ended;
  return code === 0 ? output : null;
}
