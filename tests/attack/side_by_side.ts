import type { Attack, Target } from "./attack.ts";

/** Several attacks on one program at once, as one: what takes its time is waited for only once. */
export function sideBySide<T extends Target>(
  first: Attack<T>,
  ...others: readonly Attack<T>[]
): Attack<T> {
  const all = [first, ...others];
  return {
    name: all.map(({ name }) => name).join(" + "),
    deed: all.map(({ deed }) => deed).join("; "),
    outcome: all.map(({ outcome }) => outcome).join("; "),
    open: () => first.open(),
    async run(target, end) {
      const observed = await Promise.all(all.map((attack) => attack.run(target, end)));
      return Object.assign({}, ...observed);
    },
  };
}
