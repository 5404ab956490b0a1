import { looksLikeItself, mixesScripts, skeleton } from "../base/look_alikes.ts";
import { normalizeName } from "../base/names.ts";
import type { Translator } from "./messages/catalogue.ts";
import { remember } from "./remember.ts";
import type { Painter } from "./text/painter.ts";
import { printable } from "./text/printable.ts";

/** Stands before a name that looks like another: "almost equal to". */
const LOOK_ALIKE_MARK = "≈";

/** Names of one skeleton that are remembered: two are enough to tell them apart. */
const ALIKE = 4;
/** Skeletons that are remembered. */
const SKELETONS = 4096;

/** Why a name is marked. */
type Suspicion = { readonly why: "mixed" } | { readonly why: "alike"; readonly other: string };

/**
 * Knows the names that the person sees, marks those that can be taken for another, and explains
 * each mark once. A mark says nothing about who confirmed a name: that is the `?` of conversations
 * and calls.
 */
export class NameMarks {
  /** Names by their skeleton, the one that was not seen for longest first. */
  readonly #seen = new Map<string, Set<string>>();
  readonly #explained = new Set<string>();
  #unexplained: { readonly name: string; readonly suspicion: Suspicion }[] = [];

  /** The person sees, or will see at once, a name: others are compared with it. */
  see(name: string): void {
    const own = normalizeName(name);
    // It is marked for itself, and would only bring those that it copies under suspicion.
    if (mixesScripts(own)) return;
    const look = skeleton(own);
    const names = this.#seen.get(look) ?? new Set();
    if (names.size < ALIKE) names.add(own);
    this.#seen.delete(look);
    this.#seen.set(look, names);
    if (this.#seen.size > SKELETONS) this.#seen.delete(this.#seen.keys().next().value!);
  }

  /** The mark before a name that is shown, or nothing. */
  mark(name: string): string {
    const own = normalizeName(name);
    const suspicion = this.#suspicion(own);
    this.see(own);
    if (suspicion === null) return "";
    if (!this.#explained.has(own)) {
      remember(this.#explained, own);
      this.#unexplained.push({ name: own, suspicion });
    }
    return LOOK_ALIKE_MARK;
  }

  /** What the marks since the last time mean: a line for each name that was not explained yet. */
  explanations({ say, paint }: { readonly say: Translator; readonly paint: Painter }): string[] {
    return this.#unexplained.splice(0).map(({ name, suspicion }) => {
      const marked = `${LOOK_ALIKE_MARK}${printable(name)}`;
      return paint.warn(
        suspicion.why === "mixed"
          ? say("name.mixed", { name: marked })
          : say("name.alike", { name: marked, other: printable(suspicion.other) }),
      );
    });
  }

  #suspicion(name: string): Suspicion | null {
    if (mixesScripts(name)) return { why: "mixed" };
    if (looksLikeItself(name)) return null;
    for (const other of this.#seen.get(skeleton(name)) ?? []) {
      if (other !== name) return { why: "alike", other };
    }
    return null;
  }
}

/** As `paint`, with what {@link NameMarks} has to say of names. */
export function paintMarks(paint: Painter, marks: NameMarks): Painter {
  const mark = (name: string) => marks.mark(name);
  return {
    ...paint,
    mark,
    name: (text, of = text) => {
      const before = mark(of);
      return (before === "" ? "" : paint.warn(before)) + paint.name(text);
    },
  };
}
