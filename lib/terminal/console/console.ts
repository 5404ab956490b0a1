import { KIB } from "../../base/units.ts";

/**
 * What a person and the programs exchange: lines in, lines out. Two implementations: a line editor
 * at a terminal ({@link ./line_editor.ts}) and plain lines through pipes
 * ({@link ./plain_console.ts}). {@link ./open_console.ts} chooses.
 */
export interface Console extends AsyncDisposable {
  /** Whether a person sits at a terminal with a line editor; else plain lines in and out. */
  readonly interactive: boolean;

  /** Width of the terminal in columns; `PLAIN_COLUMNS` where there is none. */
  readonly columns: number;

  /**
   * What is entered, line by line, without terminators. It ends at the end of input, with Ctrl-D
   * on an empty line, a second Ctrl-C, when the terminal goes away and when the console is
   * disposed. One reader at a time.
   */
  lines(): AsyncIterable<string>;

  /**
   * Shows one line above what is being typed, which stays as it is. It may hold our own colour
   * codes; what others sent must have gone through `printable()` first. A line break in it makes
   * it several lines; a line longer than the terminal is broken at blanks, in plain mode never.
   * Never throws and never waits: see {@link Console.drained}.
   */
  print(line: string): void;

  /**
   * As {@link Console.print}, for a line that the person may copy, such as a command: it is not
   * broken at blanks, and the terminal breaks it in a way that it can put together again.
   */
  printToCopy(line: string): void;

  /** The text before what is typed; may hold colour codes. Without effect in plain mode. */
  setPrompt(text: string): void;

  /**
   * One row that stays in place between what was printed and the prompt: how something goes on. It
   * may hold colour codes, is cut to the width of the terminal, and goes with null. Without effect
   * in plain mode.
   */
  setStatus(text: string | null): void;

  /** Who completes a line on Tab. Without effect in plain mode. */
  setCompleter(complete: (line: string) => Completion): void;

  /**
   * Asks one question and answers with a value that passed its check. Null at the end of input and
   * when the person gives up (Ctrl-C, Ctrl-D). While a question is open, {@link Console.lines} gets
   * nothing. One question at a time.
   */
  ask(question: Question): Promise<string | null>;

  /** Sounds the terminal's bell; nothing in plain mode. */
  bell(): void;

  /**
   * Resolves when what was printed so far has left the process or was dropped: whoever prints
   * much waits for this now and then. Lines beyond `LIMITS.outputBytes` are dropped and counted.
   */
  drained(): Promise<void>;
}

/** What could follow what was typed. */
export interface Completion {
  /** Full texts that could stand in place of {@link Completion.replaced}, in order. */
  readonly candidates: readonly string[];
  /** The end of the line that a candidate replaces: often its last word, empty for none. */
  readonly replaced: string;
}

/** A question to a person. */
export interface Question {
  /** What is asked, without a trailing blank. */
  readonly text: string;
  /** What stands in the field at first; in plain mode, what an empty line means. */
  readonly initial?: string;
  /** What is wrong with a value, as a sentence for the person, or null. Called as they type. */
  readonly check: (value: string) => string | null;
}

/** The sentences that a console itself says, from the message catalogue. */
export interface ConsoleSentences {
  /** How to leave; said on the first Ctrl-C on an empty line. */
  readonly howToLeave: () => string;
  /** So many lines of output were dropped because the terminal or the pipe did not keep up. */
  readonly linesNotShown: (count: number) => string;
  /** A line of input was longer than `characters` and was cut there. */
  readonly inputCut: (characters: number) => string;
}

/** The width that plain output is laid out for: what most readers of logs show. */
export const PLAIN_COLUMNS = 100;

/** Characters (UTF-16 units) of one line of input: twice the longest line of any protocol. */
export const INPUT_LINE_CHARACTERS = 64 * KIB;
