/**
 * `peer doctor` and a server on two machines, each a network namespace: what others see of a peer.
 *
 * @module
 */
import assert from "node:assert/strict";
import { NamespaceLab } from "./overlay_namespaces.ts";
import type { Ended } from "./piped_program.ts";
import { portArgs } from "./programs.ts";

const PORTS = { chatPort: 10_000, registryPort: 5000 };
const OWN = ["--listen", "45000", "--call-port", "6000", "--music-port", "7000"];
const ROUTER = new URL("doctor_rig/router_program.ts", import.meta.url);

/** A server on the hub, somebody at home, and a router. */
async function openLab(): Promise<NamespaceLab | null> {
  return await NamespaceLab.open({ home: "open", router: "open" });
}

/** What the doctor says at home of a server at `address`. */
async function examine(lab: NamespaceLab, address: string): Promise<Ended> {
  await using server = lab.start(null, "server", ["--host", lab.hub, ...portArgs(PORTS)]);
  await server.waitFor("Ctrl-C");
  const args = ["doctor", "--server", address, ...portArgs(PORTS), ...OWN, "--lang", "pt"];
  await using doctor = lab.start("home", "peer", args);
  const ended = await doctor.ended();
  await server.waitFor("PROSA_PROBE");
  assert.equal(ended.errors, "");
  return ended;
}

/** The lines of what others see. */
function outside({ output }: Ended): string[] {
  return output.split("\n").filter((line) =>
    /^\S (Visto|\S+: (TCP|UDP) \d+ (é|não)|Relógio)/.test(line)
  ).map((line) => line.replace(/^(. Relógio).*/, "$1"));
}

const lab = await openLab();
await lab?.[Symbol.asyncDispose]();
// Without the rights to make networks, the fake servers of the runtime's tests have to do.
if (lab !== null) {
  Deno.test("doctor: in one network, everything is reached, and the clocks agree", async () => {
    await using lab = await openLab();
    assert.ok(lab !== null);
    const ended = await examine(lab, lab.hub);
    assert.deepEqual(outside(ended), [
      `✓ Visto de fora: ${lab.addressOf("home")}, o próprio endereço deste computador`,
      "✓ Chat: TCP 45000 é alcançada de fora",
      "✓ Ligações: UDP 6000 é alcançada de fora",
      "✓ Música: UDP 7000 é alcançada de fora",
      "✓ Relógio",
    ]);
    assert.equal(ended.code, 0, ended.output);
  });

  Deno.test("doctor: behind a firewall, what it drops is not reached, and what to do", async () => {
    await using lab = await openLab();
    assert.ok(lab !== null);
    await lab.drop("home", "tcp", 45_000);
    await lab.drop("home", "udp", 6000);
    const ended = await examine(lab, lab.hub);
    assert.deepEqual(outside(ended), [
      `✓ Visto de fora: ${lab.addressOf("home")}, o próprio endereço deste computador`,
      "✗ Chat: TCP 45000 não é alcançada de fora",
      "✗ Ligações: UDP 6000 não é alcançada de fora",
      "✓ Música: UDP 7000 é alcançada de fora",
      "✓ Relógio",
    ]);
    assert.match(ended.output, /→ Enquanto os firewalls .* não deixarem entrar TCP 45000, /);
    assert.match(ended.output, /\n2 verificações falharam/);
    assert.equal(ended.code, 1);
  });

  Deno.test("doctor: behind a router with NAT, nothing gets through to us", async () => {
    await using lab = await openLab();
    assert.ok(lab !== null);
    const ports = Object.values(PORTS).map(String);
    await using router = lab.startScript("router", ROUTER, [lab.hub, ...ports]);
    await router.waitFor("routing");
    const ended = await examine(lab, lab.addressOf("router"));
    const [home, seen] = [lab.addressOf("home"), lab.addressOf("router")];
    assert.deepEqual(outside(ended), [
      `! Visto de fora: ${seen}, mas este computador tem ${home} (NAT)`,
      "✗ Chat: TCP 45000 é recusada antes de chegar aqui",
      "✗ Ligações: UDP 6000 não é alcançada de fora",
      "✗ Música: UDP 7000 não é alcançada de fora",
      "✓ Relógio",
    ]);
    assert.match(ended.output, /→ Enquanto o roteador não encaminhar UDP 6000 a este computador /);
    assert.equal(ended.code, 1);
  });
}
