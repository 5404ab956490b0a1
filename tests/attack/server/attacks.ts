import type { Attack } from "../attack.ts";
import { catalogueBomb } from "./catalogue_bomb.ts";
import { catalogueNodes } from "./catalogue_nodes.ts";
import { catalogueSearches } from "./catalogue_searches.ts";
import { classroom } from "./classroom.ts";
import { connectFlood } from "./connect_flood.ts";
import { escapes } from "./escapes.ts";
import { forged } from "./forged.ts";
import { halfOpen } from "./half_open.ts";
import { junk } from "./junk.ts";
import { longLines } from "./long_lines.ts";
import { neverReading } from "./never_reading.ts";
import { registrationFlood } from "./registration_flood.ts";
import { requestFlood } from "./request_flood.ts";
import { slowSenders } from "./slow_senders.ts";

/** What is done to a server. */
export const SERVER_ATTACKS: readonly Attack[] = [
  slowSenders,
  connectFlood,
  classroom,
  neverReading,
  halfOpen,
  longLines,
  junk,
  escapes,
  forged,
  requestFlood,
  registrationFlood,
  catalogueBomb,
  catalogueNodes,
  catalogueSearches,
];
