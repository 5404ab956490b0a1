/** One protocol message of a peer: who it came from or went to. */
export interface PeerLine {
  readonly system: "chat" | "overlay" | "call";
  readonly direction: "in" | "out";
  /** The partner's name, or null where it is the server or not known by a name. */
  readonly name: string | null;
  readonly ip: string;
  readonly port: number;
  readonly text: string | Uint8Array;
}
