import type { PeerPort } from "../../doctor/findings.ts";
import type { Translator } from "../messages/catalogue.ts";

const PROTOCOLS: Readonly<Record<PeerPort, "TCP" | "UDP">> = {
  listen: "TCP",
  call: "UDP",
  music: "UDP",
};

const OPTIONS: Readonly<Record<PeerPort, string>> = {
  listen: "--listen",
  call: "--call-port",
  music: "--music-port",
};

/** What one of a peer's ports is for: `Chat`, `Calls`, `Music`. */
export function useOf(which: PeerPort, say: Translator): string {
  switch (which) {
    case "listen":
      return say("doctor.use.listen");
    case "call":
      return say("doctor.use.call");
    case "music":
      return say("doctor.use.music");
  }
}

/** A port of a peer as people name it: `UDP 6000`. */
export function portName(which: PeerPort, port: number): string {
  return `${PROTOCOLS[which]} ${port}`;
}

/** The option that chooses a port. */
export function portOption(which: PeerPort): string {
  return OPTIONS[which];
}
