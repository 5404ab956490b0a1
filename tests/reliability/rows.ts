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
