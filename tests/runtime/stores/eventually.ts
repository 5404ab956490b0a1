/** How long a test waits for something that should come soon. */
const PATIENCE = 15_000;

/** Resolves when `condition` holds; it is looked at every few milliseconds. */
export async function eventually(
  condition: () => boolean | Promise<boolean>,
  what: string,
): Promise<void> {
  const deadline = performance.now() + PATIENCE;
  while (!await condition()) {
    if (performance.now() > deadline) throw new Error(`not in time: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 3));
  }
}
