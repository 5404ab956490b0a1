import type { Translator } from "../messages/catalogue.ts";

/** Why a server cannot have its directory; `reason` is the system's own words. */
export interface StoreProblem {
  readonly fault:
    | "foreign"
    | "damaged"
    | "newer"
    | "in_use"
    | "not_permitted"
    | "unusable"
    | "unreachable";
  /** The file, or host and port of the store. */
  readonly place: string;
  readonly reason: string;
}

/** Why the directory cannot be had and what to do, as one sentence. */
export function storeProblem({ fault, place, reason }: StoreProblem, say: Translator): string {
  switch (fault) {
    case "foreign":
      return say("problem.data_foreign", { file: place });
    case "damaged":
      return say("problem.data_damaged", { file: place });
    case "newer":
      return say("problem.data_newer", { file: place });
    case "in_use":
      return say("problem.data_in_use", { file: place });
    case "not_permitted":
      return say("problem.data_permission", { file: place, flags: "--allow-read --allow-write" });
    case "unusable":
      return say("problem.data_unusable", { file: place, reason });
    case "unreachable":
      return say("problem.store_unreachable", { address: place, reason });
  }
}
