/** The machine that the figures are from, in one line. */
export function describeMachine(): string {
  const date = new Date().toISOString().slice(0, 10);
  const cores = `${navigator.hardwareConcurrency} cores`;
  return [cpuModel(), cores, Deno.build.target, `Deno ${Deno.version.deno}`, date].join(", ");
}

function cpuModel(): string {
  try {
    const info = Deno.readTextFileSync("/proc/cpuinfo");
    return /^model name\s*: (.+)$/m.exec(info)?.[1]?.trim() ?? Deno.build.arch;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return Deno.build.arch;
    throw error;
  }
}
