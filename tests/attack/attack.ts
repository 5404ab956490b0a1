/** Somebody who uses the attacked program as it is meant, and notes how long each request takes. */
export interface HonestUser extends AsyncDisposable {
  /**
   * Milliseconds of each request since the last call.
   *
   * @throws {Error} where one was not answered, or not as it should be
   */
  times(): Promise<readonly number[]>;
}

/** A program that was started to be attacked, with an honest user beside the attacker. */
export interface Target extends AsyncDisposable {
  /** Its process, whose memory is looked at. */
  readonly pid: number;
  readonly honest: HonestUser;
  /** What the program itself has counted so far, by name. */
  counters(): Promise<ReadonlyMap<string, number>>;
}

/** What an attacker met: numbers and words by what they tell, for a table and for tests. */
export type Observation = Readonly<Record<string, number | string>>;

/** One thing that somebody hostile does, over real sockets, to a program of its own. */
export interface Attack<T extends Target = Target> {
  /** One word to choose it by. */
  readonly name: string;
  /** What is done, for people. */
  readonly deed: string;
  /** What should become of it, for people. */
  readonly outcome: string;
  /** Starts what is attacked. */
  open(): Promise<T>;
  /** Attacks until it is done; where it could go on for ever, until `end`. */
  run(target: T, end: AbortSignal): Promise<Observation>;
}
