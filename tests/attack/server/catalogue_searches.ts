import { CATALOGUE_LIMITS } from "../../../lib/directory/catalogue_limits.ts";
import type { Attack } from "../attack.ts";
import { HostileClient } from "../hostile_client.ts";
import { ServerTarget } from "../server_target.ts";
import { fill, nodeLines } from "./catalogue_bomb.ts";

/** Searches under way at a time. */
const AT_ONCE = 32;
/** Words that are in no song: everything has to be looked through. */
const SEARCH = `${JSON.stringify({ type: "NODE_LIST", query: "zzz yyy xxx faixa" })}\n`;

/** Searches that cost as much as a search can, in a catalogue that one address has filled. */
export const catalogueSearches: Attack<ServerTarget> = {
  name: "catalogue-searches",
  deed: `after one address has filled its share of the catalogue, ${AT_ONCE} searches at a time ` +
    "for what nobody has",
  outcome: "each is answered with what a few milliseconds find, and a mark to go on from",
  open: () => ServerTarget.open(),
  async run({ registryPort }, end) {
    const list = nodeLines(CATALOGUE_LIMITS.filesPerNode);
    const { files } = await fill(registryPort, "127.0.1.1", list, new AbortController().signal);
    let searches = 0;
    const search = async () => {
      do {
        await using client = await HostileClient.connect(registryPort);
        client.send(SEARCH);
        await client.closed;
        searches += 1;
      } while (!end.aborted);
    };
    await Promise.all(Array.from({ length: AT_ONCE }, search));
    return { "files there": files, searches };
  },
};
