import { equal, match, ok } from "node:assert/strict";
import type { DownloadFault, ShareFault, StorageFault } from "../../../lib/music/library_status.ts";
import { translator } from "../../../lib/terminal/messages/catalogue.ts";
import { LANGUAGES } from "../../../lib/terminal/messages/language.ts";
import {
  downloadFault,
  pathText,
  shareFault,
  storageFault,
} from "../../../lib/terminal/views/storage_fault.ts";
import { EVIL } from "./music_fixture.ts";

const say = translator("en");
const path = "/home/ana/music";

const STORAGE: readonly (readonly [StorageFault, RegExp])[] = [
  [{ why: "not_found", path }, /is not there\. See/],
  [{ why: "no_folder", path }, /Give the folder/],
  [{ why: "permission", path, flag: "--allow-read" }, /--allow-read$/],
  [{ why: "denied", path }, /another folder/],
  [{ why: "full_disk", path }, /Free some space/],
  [{ why: "failed", path, detail: "os error 5" }, /\(os error 5\)/],
];

Deno.test("each fault of a disk names the path and the way out, whatever it was wanted for", () => {
  for (const [fault, way] of STORAGE) {
    const sentence = storageFault(fault, say);
    ok(sentence.includes(path));
    match(sentence, way);
    equal(shareFault(fault, say), sentence);
    equal(downloadFault(fault, say), sentence);
  }
});

Deno.test("what can be wrong only with sharing, or only with a download", () => {
  match(shareFault({ why: "already_shared", path }, say), /shared already/);
  match(shareFault({ why: "not_shared", path }, say), /is not shared/);
  match(shareFault({ why: "too_many_folders", path, most: 64 }, say), /64 .*\/unshare <folder>$/);
  match(downloadFault({ why: "in_progress", path }, say), /\/downloads$/);
  match(downloadFault({ why: "no_free_name", path }, say), /--to <folder>$/);
  match(downloadFault({ why: "wrong_content", path }, say), /not kept.*\/files$/);
});

Deno.test("paths and what a system says are printable and short", () => {
  const long = EVIL.repeat(5000);
  const faults: (ShareFault & DownloadFault)[] = [
    { why: "failed", path: long, detail: long },
    { why: "permission", path: long, flag: EVIL },
  ];
  for (const language of LANGUAGES) {
    for (const fault of faults) {
      const sentence = storageFault(fault, translator(language));
      // deno-lint-ignore no-control-regex
      ok(!/[\x00-\x1f\u202e]/.test(sentence));
      ok(sentence.length < 600);
    }
  }
  equal(pathText("C:\\Músicas"), "C:\\Músicas");
});
