/** A value that is there now or will be: what a store in memory or behind a network answers. */
export type Awaitable<T> = T | Promise<T>;

/**
 * Continue with a value, at once where it is there already. The in-memory path stays free of
 * promises, which is worth about a microsecond a request.
 */
export function whenReady<T, R>(
  value: Awaitable<T>,
  then: (value: T) => Awaitable<R>,
): Awaitable<R> {
  return value instanceof Promise ? value.then(then) : then(value);
}
