import type { Attack } from "./attack.ts";
import { PEER_ATTACKS } from "./peer_attacks.ts";
import { SERVER_ATTACKS } from "./server/attacks.ts";

/** Every attack there is. */
export const ATTACKS: readonly Attack[] = [...SERVER_ATTACKS, ...PEER_ATTACKS];
