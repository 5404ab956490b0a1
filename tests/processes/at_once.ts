/** What a test does at a step of it. */
export interface Scene {
  readonly step: string;
  readonly play: () => Promise<void>;
}

/** Rows of a table that run at once, each told by itself as a step of a test. */
export async function each(
  t: Deno.TestContext,
  steps: readonly { readonly step: string }[],
  rows: readonly Promise<void>[],
): Promise<void> {
  const settled = Promise.allSettled(rows);
  for (const [n, { step }] of steps.entries()) await t.step(step, () => rows[n]!);
  await settled;
}

/** Scenes that mostly wait, played at once, so that what takes its time is waited for only once. */
export function playAtOnce(t: Deno.TestContext, scenes: readonly Scene[]): Promise<void> {
  return each(t, scenes, scenes.map(({ play }) => play()));
}
