import { PipedProgram } from "./piped_program.ts";
import { programArgs, type ProgramName } from "./programs.ts";

/** The network that all members are in. It exists in these namespaces only. */
const SUBNET = "10.213.7";
const BRIDGE = "br0";

/**
 * Machines on one Ethernet, each a network namespace of its own: real TCP between real addresses.
 * Those that are `apart` reach everyone but each other, as two people behind two routers do. Needs
 * the rights of an administrator and `ip`.
 */
export class NamespaceLab implements AsyncDisposable {
  readonly #prefix = `prosa-${Deno.pid}-${crypto.randomUUID().slice(0, 8)}`;
  readonly #made: string[] = [];

  /**
   * The lab, or null where such namespaces cannot be made.
   *
   * @param members names of machines, and whether each is apart
   */
  static async open(members: Readonly<Record<string, "apart" | "open">>): Promise<
    NamespaceLab | null
  > {
    const lab = new NamespaceLab();
    try {
      await lab.#make(members);
      return lab;
    } catch {
      await lab[Symbol.asyncDispose]();
      return null;
    }
  }

  /** The address of the machine that the bridge is on. */
  readonly hub = `${SUBNET}.1`;

  /** Starts one of the programs on a member, or on the hub where `member` is null. */
  start(member: string | null, program: ProgramName, args: readonly string[]): PipedProgram {
    const name = `${program} ${args.join(" ")}`;
    // `ip netns exec` becomes the program, so that its id is the program's.
    const words = ["netns", "exec", this.#namespace(member), Deno.execPath()];
    return new PipedProgram(name, "ip", [...words, ...programArgs(program, args)]);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const namespace of this.#made.splice(0)) await run(["netns", "del", namespace]);
  }

  async #make(members: Readonly<Record<string, "apart" | "open">>): Promise<void> {
    const hub = await this.#add(null);
    await run(["-n", hub, "link", "add", BRIDGE, "type", "bridge"]);
    await run(["-n", hub, "addr", "add", `${this.hub}/24`, "dev", BRIDGE]);
    await run(["-n", hub, "link", "set", BRIDGE, "up"]);
    for (const [index, [member, place]] of Object.entries(members).entries()) {
      const namespace = await this.#add(member);
      const port = `port${index}`;
      await run(
        ["-n", hub, "link", "add", port, "type", "veth"]
          .concat(["peer", "name", "eth0", "netns", namespace]),
      );
      await run(["-n", hub, "link", "set", port, "master", BRIDGE]);
      if (place === "apart") {
        await run([
          "-n",
          hub,
          "link",
          "set",
          "dev",
          port,
          "type",
          "bridge_slave",
          "isolated",
          "on",
        ]);
      }
      await run(["-n", hub, "link", "set", port, "up"]);
      await run(["-n", namespace, "addr", "add", `${SUBNET}.${10 + index}/24`, "dev", "eth0"]);
      await run(["-n", namespace, "link", "set", "eth0", "up"]);
    }
  }

  async #add(member: string | null): Promise<string> {
    const namespace = this.#namespace(member);
    await run(["netns", "add", namespace]);
    this.#made.push(namespace);
    await run(["-n", namespace, "link", "set", "lo", "up"]);
    return namespace;
  }

  #namespace(member: string | null): string {
    return `${this.#prefix}-${member ?? "hub"}`;
  }
}

async function run(args: readonly string[]): Promise<void> {
  const { success, stderr } = await new Deno.Command("ip", { args: [...args] }).output();
  if (!success) throw new Error(`ip ${args.join(" ")}: ${new TextDecoder().decode(stderr)}`);
}
