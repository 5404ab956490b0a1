/** How much is under way that is to be quiet, and what prints when nothing is. */
let working = 0;
let loud = console.error;

/**
 * Does work with a library that prints what it has against a file: only we write on a person's
 * screen, and a file that was made for it would print without end.
 */
export async function quietly<Result>(work: () => Promise<Result>): Promise<Result> {
  if (working === 0) {
    loud = console.error;
    console.error = () => {};
  }
  working += 1;
  try {
    return await work();
  } finally {
    working -= 1;
    if (working === 0) console.error = loud;
  }
}
