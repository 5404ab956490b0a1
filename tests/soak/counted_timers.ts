type Callback = (...args: unknown[]) => void;

/**
 * Makes this process count its timers from now on: those that are set and have neither been cleared
 * nor fired for the last time.
 *
 * @returns tells how many there are
 */
export function countTimers(): () => number {
  const waiting = new Set<unknown>();
  const { setTimeout, setInterval, clearTimeout, clearInterval } = globalThis;
  const counted = {
    setTimeout: (callback: Callback, delay?: number, ...args: unknown[]) => {
      const id = setTimeout(() => {
        waiting.delete(id);
        callback(...args);
      }, delay);
      waiting.add(id);
      return id;
    },
    setInterval: (callback: Callback, delay?: number, ...args: unknown[]) => {
      const id = setInterval(callback, delay, ...args);
      waiting.add(id);
      return id;
    },
    clearTimeout: (id?: number) => {
      waiting.delete(id);
      clearTimeout(id);
    },
    clearInterval: (id?: number) => {
      waiting.delete(id);
      clearInterval(id);
    },
  };
  Object.assign(globalThis, counted);
  return () => waiting.size;
}
