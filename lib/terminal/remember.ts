/** Names remembered for completion, and to tell whom the person has to do with. */
const REMEMBERED = 4096;

/** Adds to a set that stays small: the longest unheard of goes. */
export function remember(set: Set<string>, value: string): void {
  set.delete(value);
  set.add(value);
  if (set.size <= REMEMBERED) return;
  const oldest = set.keys().next();
  if (!oldest.done) set.delete(oldest.value);
}
