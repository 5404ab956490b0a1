import type { FileTrouble } from "../../base/file_trouble.ts";
import type { Translator } from "../messages/catalogue.ts";
import { printable } from "../text/printable.ts";
import { fileReason } from "./file_reason.ts";
import { reasonText } from "./reason.ts";

/** Why a server cannot have its directory; `reason` is the system's own words. */
export interface StoreProblem {
  readonly fault:
    | "foreign"
    | "damaged"
    | "other_version"
    | "in_use"
    | "not_permitted"
    | "unusable"
    | "unreachable";
  /** The file, or host and port of the store. */
  readonly place: string;
  readonly reason: string;
  /** Which of the usual troubles with files it is. */
  readonly trouble: FileTrouble | null;
}

/** Why the directory cannot be had and what to do, as one sentence. */
export function storeProblem(problem: StoreProblem, say: Translator): string {
  const { fault, place, reason, trouble } = problem;
  switch (fault) {
    case "foreign":
      return say("problem.data_foreign", { file: place });
    case "damaged":
      return say("problem.data_damaged", { file: place });
    case "other_version":
      return say("problem.data_version", { file: place });
    case "in_use":
      return say("problem.data_in_use", { file: place });
    case "not_permitted":
      return say("problem.data_permission", { file: place, flags: "--allow-read --allow-write" });
    case "unusable":
      return say("problem.data_unusable", {
        file: place,
        reason: trouble === null ? printable(reason) : fileReason(trouble),
      });
    case "unreachable":
      return say("problem.store_unreachable", {
        address: place,
        reason: reasonText(reason, say),
      });
  }
}
