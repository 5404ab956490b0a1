/** What a finding says: a line, and a sentence with what to do where something is not well. */
export interface Note {
  readonly text: string;
  readonly toDo?: string;
}
