import assert from "node:assert/strict";
import { executableKind } from "../../../lib/runtime/packaging/executable_kind.ts";
import type { ExecutableKind } from "../../../lib/runtime/packaging/targets.ts";
import { here } from "./probe_program.ts";

function file(patches: Record<number, number[]>, length = 256): Uint8Array {
  const bytes = new Uint8Array(length);
  for (const [at, patch] of Object.entries(patches)) bytes.set(patch, Number(at));
  return bytes;
}

const ELF = [0x7f, 0x45, 0x4c, 0x46];
const MACHO = [0xcf, 0xfa, 0xed, 0xfe];
const PE = { 0: [0x4d, 0x5a], 0x3c: [0x80], 0x80: [0x50, 0x45, 0, 0] };

const TABLE: [string, Uint8Array, ExecutableKind | null][] = [
  ["ELF for x86-64", file({ 0: ELF, 18: [0x3e, 0] }), "elf-x86_64"],
  ["ELF for AArch64", file({ 0: ELF, 18: [0xb7, 0] }), "elf-aarch64"],
  ["ELF for RISC-V", file({ 0: ELF, 18: [0xf3, 0] }), null],
  ["Mach-O for x86-64", file({ 0: MACHO, 4: [7, 0, 0, 1] }), "macho-x86_64"],
  ["Mach-O for AArch64", file({ 0: MACHO, 4: [12, 0, 0, 1] }), "macho-aarch64"],
  ["PE for x86-64", file({ ...PE, 0x84: [0x64, 0x86] }), "pe-x86_64"],
  ["PE for AArch64", file({ ...PE, 0x84: [0x64, 0xaa] }), null],
  ["PE with its header outside", file({ 0: [0x4d, 0x5a], 0x3c: [0xff, 0xff, 0xff, 0xff] }), null],
  ["a shell script", new TextEncoder().encode("#!/bin/sh\n".repeat(20)), null],
  ["a short file", file({ 0: ELF }, 20), null],
  ["nothing", new Uint8Array(0), null],
];

Deno.test("Executables are told apart by their first bytes", () => {
  for (const [name, bytes, kind] of TABLE) assert.equal(executableKind(bytes), kind, name);
});

Deno.test("The Deno that runs this is made for this machine", async () => {
  using deno = await Deno.open(Deno.execPath());
  const head = new Uint8Array(4096);
  await deno.read(head);
  assert.equal(executableKind(head), here().kind);
});
