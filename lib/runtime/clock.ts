/** The clock of every machine in the product: monotonic, in milliseconds. */
export function monotonicNow(): number {
  return performance.now();
}
