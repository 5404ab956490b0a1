import { PipedProgram } from "./piped_program.ts";
import { programArgs, type ProgramName, type StartOptions } from "./programs.ts";

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
  /** Whose rules are prepared for {@link drop}. */
  readonly #guarded = new Set<string>();
  readonly #addresses = new Map<string, string>();

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
  start(
    member: string | null,
    program: ProgramName,
    args: readonly string[],
    options?: StartOptions,
  ): PipedProgram {
    const words = programArgs(program, args, options);
    return this.#run(member, `${program} ${args.join(" ")}`, words);
  }

  /** Starts a script of the tests on a member. */
  startScript(member: string, script: URL, args: readonly string[]): PipedProgram {
    const words = ["run", "--no-prompt", "--allow-net", script.href, ...args];
    return this.#run(member, `${script.pathname} ${args.join(" ")}`, words);
  }

  /** Has a member drop what comes from others to a port, without a word, as firewalls do. */
  async drop(member: string, protocol: "tcp" | "udp", port: number): Promise<void> {
    const rule = ["-n", this.#namespace(member), "rule"];
    if (!this.#guarded.has(member)) {
      this.#guarded.add(member);
      // What is addressed to the machine itself is looked up first of all, unless that is moved.
      await run([...rule, "add", "pref", "100", "lookup", "local"]);
      await run([...rule, "del", "pref", "0"]);
    }
    await run(
      [...rule, "add", "pref", "10", "iif", "eth0", "ipproto", protocol]
        .concat(["dport", String(port), "blackhole"]),
    );
  }

  /** Takes a member's cable out: from one moment to the next nothing gets there or comes from it. */
  async unplug(member: string): Promise<void> {
    await run(["-n", this.#namespace(member), "link", "set", "eth0", "down"]);
  }

  /** Sets what the system does with TCP on the hub, as `sysctl net.ipv4.NAME=VALUE` does. */
  async setOnHub(name: string, value: number): Promise<void> {
    const write = `echo ${value} > /proc/sys/net/ipv4/${name}`;
    await run(["netns", "exec", this.#namespace(null), "sh", "-c", write]);
  }

  /** The address of a member. */
  addressOf(member: string): string {
    return this.#addresses.get(member)!;
  }

  /** Gives a member another address in the place of its own, as a new lease does; returns it. */
  async readdress(member: string): Promise<string> {
    const namespace = this.#namespace(member);
    const before = this.addressOf(member);
    const after = `${SUBNET}.${Number(before.split(".")[3]) + 100}`;
    await run(["-n", namespace, "addr", "del", `${before}/24`, "dev", "eth0"]);
    await run(["-n", namespace, "addr", "add", `${after}/24`, "dev", "eth0"]);
    this.#addresses.set(member, after);
    return after;
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
      const address = `${SUBNET}.${10 + index}`;
      this.#addresses.set(member, address);
      await run(["-n", namespace, "addr", "add", `${address}/24`, "dev", "eth0"]);
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

  #run(member: string | null, name: string, words: readonly string[]): PipedProgram {
    // `ip netns exec` becomes the program, so that its id is the program's.
    const before = ["netns", "exec", this.#namespace(member), Deno.execPath()];
    return new PipedProgram(name, "ip", [...before, ...words]);
  }

  #namespace(member: string | null): string {
    return `${this.#prefix}-${member ?? "hub"}`;
  }
}

async function run(args: readonly string[]): Promise<void> {
  const { success, stderr } = await new Deno.Command("ip", { args: [...args] }).output();
  if (!success) throw new Error(`ip ${args.join(" ")}: ${new TextDecoder().decode(stderr)}`);
}
