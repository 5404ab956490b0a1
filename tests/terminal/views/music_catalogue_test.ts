import { deepEqual, match } from "node:assert/strict";
import type { CatalogueStatus } from "../../../lib/music/library_status.ts";
import { catalogueLines } from "../../../lib/terminal/views/music_catalogue.ts";
import { context } from "./music_fixture.ts";

function said(status: CatalogueStatus): string {
  return catalogueLines(status, context())[0]!;
}

Deno.test("catalogue: how many songs are in it", () => {
  const registered = (files: number, again = false) =>
    said({ kind: "music_registered", files, again });
  match(registered(1), /1 song of yours/);
  match(registered(12), /12 songs of yours/);
  match(registered(0), /\/share <folder>$/);
  match(registered(12, true), /is back, and 12 songs/);
});

Deno.test("catalogue: why it said no, and what to do", () => {
  const words = {
    already_registered: /--name\. Others/,
    bad_name: /--name/,
    "bad_port (70000)": /--music-port/,
    bad_files: /does not understand/,
    too_many_files: /smaller folder/,
    full: /it is full/,
    "novo\x1b[2J": /novo␛\[2J/,
  };
  for (const [error, way] of Object.entries(words)) {
    match(said({ kind: "music_refused", error }), way);
  }
});

Deno.test("catalogue: it is away, from the start or in the middle", () => {
  const away = (first: boolean) => said({ kind: "music_server_away", first, reason: "refused" });
  match(away(true), /10\.0\.0\.1:5000.*nobody listens.*--registry-port/);
  match(away(false), /What plays plays on/);
  deepEqual(catalogueLines({ kind: "music_left" }, context()), []);
});
