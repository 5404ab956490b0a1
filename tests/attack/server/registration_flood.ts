import { LIMITS } from "../../../lib/base/limits.ts";
import type { Attack } from "../attack.ts";
import { HostileClient } from "../hostile_client.ts";
import { ServerTarget } from "../server_target.ts";

/** Requests under way at a time. */
const AT_ONCE = 64;
/** Refusals after which it is clear that no more is entered. */
const ENOUGH = 200;

/** One address registers name after name with the rendezvous, each in a namespace of its own. */
export const registrationFlood: Attack<ServerTarget> = {
  name: "registration-flood",
  deed: "one address registers as many names as it can with the rendezvous, for a day each",
  outcome:
    `${LIMITS.recordsPerOwner} are entered, the others closed without a word; others register`,
  open: () => ServerTarget.open(),
  async run({ registryPort }, end) {
    let [asked, entered, refused] = [0, 0, 0];
    const register = async () => {
      // To the cap and over it, whatever time is left, and then as long as there is some.
      while (refused < ENOUGH || !end.aborted) {
        const name = String(asked++).padStart(64, "n");
        const request = { type: "REGISTER", namespace: name, name, port: 1, ttl: 86_400 };
        await using client = await HostileClient.connect(registryPort);
        client.send(`${JSON.stringify(request)}\n`);
        await client.closed;
        if (client.received > 0) entered += 1;
        else refused += 1;
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, register));
    return { entered, "closed without a word": refused };
  },
};
