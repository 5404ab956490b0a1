import type { FileTrouble } from "../../base/file_trouble.ts";
import type { MessageKey, Sentence } from "../messages/sentence.ts";

const REASONS: Readonly<Record<FileTrouble, MessageKey & `file.${string}`>> = {
  not_found: "file.not_found",
  no_folder: "file.no_folder",
  is_folder: "file.is_folder",
  denied: "file.denied",
  read_only: "file.read_only",
  full_disk: "file.full_disk",
  name_too_long: "file.name_too_long",
};

/** What is wrong with a file, as a part of a sentence. */
export function fileReason(trouble: FileTrouble): Sentence {
  return { key: REASONS[trouble], values: {} };
}
