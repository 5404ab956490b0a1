import { NamespaceLab } from "../../processes/overlay_namespaces.ts";
import { PATIENCE } from "../../processes/output_watch.ts";
import type { PipedProgram } from "../../processes/piped_program.ts";
import { portArgs } from "../../processes/programs.ts";
import { readFigures } from "../../runtime/metrics/figures_text.ts";
import type { Attack, Target } from "../attack.ts";
import { HONEST_PROGRAM, HonestServerUser, honestWords } from "../honest_server_user.ts";

/** People who vanish, with a name in the chat and another in the call registry each. */
export const PEOPLE = 50;
const PORTS = { chatPort: 10_000, registryPort: 5000 };
const METRICS_PORT = 9100;
const MEMBERS = { honest: "open", vanishing: "open" } as const;
const FIGURES_PROGRAM = new URL("../figures_program.ts", import.meta.url);
const PEOPLE_PROGRAM = new URL("./half_open_program.ts", import.meta.url);

/** A server whose users are on other machines, of which one can lose its cable. */
export class HalfOpenTarget implements Target {
  private constructor(
    readonly lab: NamespaceLab,
    readonly server: PipedProgram,
    readonly honest: HonestServerUser,
    readonly figures: PipedProgram,
    readonly stack: AsyncDisposableStack,
  ) {}

  /** @throws {Error} where there are no rights to make networks */
  static async open(): Promise<HalfOpenTarget> {
    await using stack = new AsyncDisposableStack();
    const lab = await NamespaceLab.open(MEMBERS);
    if (lab === null) throw new Error("network namespaces cannot be made");
    stack.use(lab);
    // Looked after as an operator would set it, only sooner: after 2 s, each second, three times.
    await lab.setOnHub("tcp_keepalive_time", 2);
    await lab.setOnHub("tcp_keepalive_intvl", 1);
    await lab.setOnHub("tcp_keepalive_probes", 3);
    const server = stack.use(
      lab.start(null, "server", [
        ...["--host", lab.hub, ...portArgs(PORTS), "--lang", "pt", "--quiet"],
        ...["--metrics-host", lab.hub, "--metrics-port", String(METRICS_PORT)],
      ]),
    );
    await server.waitFor("Ctrl-C encerra o servidor.\n");
    const start = { ...PORTS, host: lab.hub, from: lab.addressOf("honest") };
    const honest = stack.use(
      await HonestServerUser.of(lab.startScript("honest", HONEST_PROGRAM, [honestWords(start)])),
    );
    const metrics = `http://${lab.hub}:${METRICS_PORT}/metrics`;
    const figures = stack.use(lab.startScript("honest", FIGURES_PROGRAM, [metrics]));
    return new HalfOpenTarget(lab, server, honest, figures, stack.move());
  }

  get pid(): number {
    return this.server.pid;
  }

  async counters(): Promise<ReadonlyMap<string, number>> {
    await this.figures.say("now");
    const [, text = ""] = await this.figures.waitFor(/^figures (.*)\n/m);
    return readFigures(JSON.parse(text));
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.stack.disposeAsync();
  }
}

/** People whose machine loses its network in the middle of it all. */
export const halfOpen: Attack<HalfOpenTarget> = {
  name: "half-open",
  deed: `${PEOPLE} people with ${2 * PEOPLE} connections vanish from the network without a word ` +
    "(with a TCP keepalive of 5 s)",
  outcome: "the chat's leases end after 15 s; TCP keepalive ends the connections to the registry",
  open: () => HalfOpenTarget.open(),
  async run(target) {
    const { lab } = target;
    const words = [lab.hub, ...Object.values(PORTS).map(String), String(PEOPLE)];
    await using people = lab.startScript("vanishing", PEOPLE_PROGRAM, words);
    await people.waitFor("registered\n");
    const before = await target.counters();
    await lab.unplug("vanishing");
    const deadline = performance.now() + PATIENCE;
    for (;;) {
      const now = await target.counters();
      // The honest user is left.
      const callable = now.get('prosa_users{service="call"}')! - 1;
      const chatting = now.get('prosa_connections{port="chat"}')! - 1;
      if (callable === 0 && chatting === 0) break;
      if (performance.now() > deadline) throw new Error(`${callable} and ${chatting} are left`);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    return {
      "were in the chat": before.get('prosa_users{service="chat"}')! - 1,
      "could be called": before.get('prosa_users{service="call"}')! - 1,
    };
  },
};
