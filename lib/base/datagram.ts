import type { IpPort } from "./address.ts";

/** A datagram came to the machine's socket; the bytes are valid during this call only. */
export interface DatagramInput {
  readonly kind: "datagram";
  readonly from: IpPort;
  readonly bytes: Uint8Array;
}

/** Send a datagram from the machine's socket. Nobody is told whether it arrives. */
export interface DatagramEffect {
  readonly kind: "send_datagram";
  readonly to: IpPort;
  readonly bytes: Uint8Array;
}

/** Whether an effect is one on a socket, and so is carried out by whoever owns the socket. */
export function isDatagramEffect(effect: { readonly kind: string }): effect is DatagramEffect {
  return effect.kind === "send_datagram";
}
