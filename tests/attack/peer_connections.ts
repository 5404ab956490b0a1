import type { Attack } from "./attack.ts";
import { HostileClient } from "./hostile_client.ts";
import { PeerTarget } from "./peer_target.ts";

/** Connections that are tried at a time. */
const AT_ONCE = 32;
/** Connections that say a byte now and then. */
const SLOW = 40;
/** How often they do, in milliseconds. */
const BEAT = 50;

/** Connections from one address, as many as it can make, and some that begin to speak slowly. */
export const peerConnections: Attack<PeerTarget> = {
  name: "peer-connections",
  deed: `one address connects to a peer as fast as it can and says nothing; ${SLOW} connections ` +
    "send a greeting byte by byte",
  outcome: "one address has half of a peer's connections, what is beyond is closed at once; " +
    "who does not say who they are is let go of after 10 s",
  open: () => PeerTarget.open(),
  async run({ at: { port } }, end) {
    await using held = new AsyncDisposableStack();
    let [made, ended, slow] = [0, 0, 0];
    for (let n = 0; n < SLOW; n += 1) {
      const client = held.use(await HostileClient.connect(port, { from: "127.0.0.3" }));
      const beat = setInterval(() => client.open && client.send("U"), BEAT);
      held.defer(() => clearInterval(beat));
      slow += 1;
    }
    const connecting = async () => {
      // However slow the machine is, it goes on until the cap is reached.
      while (!end.aborted || ended === 0) {
        const client = await HostileClient.connect(port, { from: "127.0.0.4" }).catch(() => null);
        if (client === null) continue;
        made += 1;
        held.use(client);
        const kept = new Promise((resolve) => setTimeout(resolve, 100));
        await Promise.race([client.closed, kept]);
        if (!client.open) ended += 1;
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, connecting));
    return { "connections made": made, "closed at once": ended, kept: made - ended, slow };
  },
};
