/**
 * The two kinds of error that are nobody's bug. Anything else that is thrown is a bug of ours and
 * must reach the log and the tests.
 */

/**
 * A remote program broke its protocol. It ends at most that program's connection.
 *
 * `code` is a short stable word for counters and logs (`bad_name`, `line_too_long`); `detail` is
 * for a person and may quote, escaped and shortened, what was received.
 */
export class RemoteProtocolError extends Error {
  override readonly name = "RemoteProtocolError";

  constructor(readonly code: string, readonly detail: string = "") {
    super(detail === "" ? code : `${code}: ${detail}`);
  }
}

/**
 * A person's mistake or a circumstance that a person can mend. `key` names the sentence in the
 * message catalogues, `values` fill its gaps.
 */
export class PersonError extends Error {
  override readonly name = "PersonError";

  constructor(readonly key: string, readonly values: Readonly<Record<string, string>> = {}) {
    super(key);
  }
}
