import type { ServerPorts } from "../processes/programs.ts";
import { PipedProgram } from "../processes/piped_program.ts";
import type { HonestUser } from "./attack.ts";

/** What the process of an honest user is started with, as JSON. */
export interface HonestStart extends ServerPorts {
  /** The server's address. */
  readonly host: string;
  /** The address that the user comes from. */
  readonly from: string;
}

/** The process of an honest user. */
export const HONEST_PROGRAM = new URL("./honest_server_program.ts", import.meta.url);

/** What {@link HONEST_PROGRAM} is started with. */
export function honestWords({ chatPort, registryPort, host, from }: HonestStart): string {
  return JSON.stringify({ chatPort, registryPort, host, from });
}

/**
 * An honest user of a server in a process of its own, so that the attacker's work beside it is not
 * taken for the server's slowness.
 */
export class HonestServerUser implements HonestUser {
  private constructor(readonly program: PipedProgram) {}

  /** Registers the user, on this machine, with all four systems and begins to ask. */
  static start(start: HonestStart): Promise<HonestServerUser> {
    const words = ["run", "--allow-net", HONEST_PROGRAM.href, honestWords(start)];
    return HonestServerUser.of(new PipedProgram("honest user", Deno.execPath(), words));
  }

  /** The user of a {@link HONEST_PROGRAM} that was started, when the first registrations are done. */
  static async of(program: PipedProgram): Promise<HonestServerUser> {
    try {
      await program.waitFor("begun\n");
    } catch (error) {
      await program[Symbol.asyncDispose]();
      throw new Error(program.errors, { cause: error });
    }
    return new HonestServerUser(program);
  }

  async times(): Promise<readonly number[]> {
    await this.program.say("times");
    const [, word, rest = ""] = await this.program.waitFor(/^(times|problem) (.*)\n/m);
    if (word === "problem") throw new Error(`the honest user: ${rest}`);
    return JSON.parse(rest);
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.program[Symbol.asyncDispose]();
  }
}
