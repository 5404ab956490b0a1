/** A field of a JSON object as it is spelled: its name, and the text of name and value. */
export interface SpelledField {
  readonly name: string;
  readonly text: string;
}

/**
 * The fields of the outermost object of a text, for passing them on without reading their values: a
 * number may have more digits than a double holds.
 *
 * @param text a JSON object
 */
export function spelledFields(text: string): readonly SpelledField[] {
  const fields: SpelledField[] = [];
  let [depth, start] = [0, 0];
  let name: string | null = null;
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at];
    if (character === '"') {
      const end = endOfString(text, at);
      if (depth === 1) name ??= JSON.parse(text.slice(at, end + 1)) as string;
      at = end;
    } else if (character === "{" || character === "[") {
      depth += 1;
      if (depth === 1) start = at + 1;
    } else if (character === "}" || character === "]" || character === ",") {
      if (depth === 1) {
        if (name !== null) fields.push({ name, text: text.slice(start, at).trim() });
        name = null;
        start = at + 1;
      }
      if (character !== ",") depth -= 1;
    }
  }
  return fields;
}

/** Where a string that begins at `at` ends. */
function endOfString(text: string, at: number): number {
  let end = at + 1;
  while (text[end] !== '"') end += text[end] === "\\" ? 2 : 1;
  return end;
}
