/** Longer words are no misspellings; comparing them would only cost time. */
const LONGEST = 24;

/**
 * The word that `typed` was most likely meant to be, or null where none is near: at most a third
 * of its letters (but at least one) may be wrong, missing, too many or swapped with a neighbour.
 */
export function nearest(typed: string, words: readonly string[]): string | null {
  if (typed.length > LONGEST) return null;
  let best: string | null = null;
  let least = Math.max(1, Math.floor(typed.length / 3)) + 1;
  for (const word of words) {
    // A beginning counts as one mistake: `ex` is near `exit`.
    const distance = typed !== "" && word.startsWith(typed) ? 1 : editDistance(typed, word);
    if (distance < least) [best, least] = [word, distance];
  }
  return best;
}

/** Damerau–Levenshtein distance, with swaps of neighbours (optimal string alignment). */
export function editDistance(a: string, b: string): number {
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const wrong = a[i - 1] === b[j - 1] ? 0 : 1;
      let least = Math.min(last[j]! + 1, row[j - 1]! + 1, last[j - 1]! + wrong);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        least = Math.min(least, before[j - 2]! + 1);
      }
      row.push(least);
    }
    [before, last] = [last, row];
  }
  return last[b.length]!;
}
