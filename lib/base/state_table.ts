/**
 * The legal transitions of a state machine: for each state, which event leads where. One table in
 * one file; the diagram in the documentation is made from it ({@link stateDiagram}).
 */
export type StateTable<State extends string, Event extends string> = {
  readonly [From in State]: { readonly [On in Event]?: State };
};

/**
 * The state after an event.
 *
 * @throws {TypeError} where the table has no such transition: a bug of ours
 */
export function transition<State extends string, Event extends string>(
  table: StateTable<State, Event>,
  from: State,
  on: Event,
): State {
  const to = table[from][on];
  if (to === undefined) throw new TypeError(`no transition from ${from} on ${on}`);
  return to;
}

/**
 * The table as a Mermaid state diagram, for the documentation.
 *
 * @param initial the states that something can begin in
 */
export function stateDiagram<State extends string, Event extends string>(
  table: StateTable<State, Event>,
  ...initial: readonly State[]
): string {
  const lines = ["stateDiagram-v2", ...initial.map((state) => `  [*] --> ${state}`)];
  for (const [from, events] of Object.entries<{ readonly [On in Event]?: State }>(table)) {
    for (const [on, to] of Object.entries(events)) lines.push(`  ${from} --> ${to}: ${on}`);
    if (Object.keys(events).length === 0) lines.push(`  ${from} --> [*]`);
  }
  return lines.join("\n");
}
