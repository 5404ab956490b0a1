import { CATALOGUE_LIMITS } from "../../../lib/directory/catalogue_limits.ts";
import { RawClient } from "../../processes/raw_client.ts";
import type { Attack } from "../attack.ts";
import { ServerTarget } from "../server_target.ts";

/** Requests under way at a time. */
const AT_ONCE = 16;
/** Refusals after which it is clear that no more is entered. */
const ENOUGH = 50;
const FILE = { id: "a".repeat(64), name: "a.mp3", size: 1 };

/** One address enters node after node; of every second one the list never comes to its end. */
export const catalogueNodes: Attack<ServerTarget> = {
  name: "catalogue-nodes",
  deed: "one address registers as many nodes as it can, and of every second one a list without end",
  outcome: `${CATALOGUE_LIMITS.nodesPerAddress} are entered, whole or begun, then \`full\``,
  open: () => ServerTarget.open(),
  async run({ registryPort }, end) {
    let [asked, entered, refused] = [0, 0, 0];
    const register = async () => {
      while (refused < ENOUGH || !end.aborted) {
        const node = asked++;
        const request = { type: "NODE_REGISTER", name: `n${node}`, port: 1, ttl: 3600 };
        const list = { files: [FILE], more: node % 2 === 1 };
        await using client = await RawClient.connect(registryPort);
        client.send(`${JSON.stringify({ ...request, ...list })}\n`);
        const [answer] = await client.waitFor(/.*\n/);
        if (answer.includes('"error":"full"')) refused += 1;
        else entered += 1;
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, register));
    return { entered, "answered with full": refused };
  },
};
