/**
 * What `peer doctor` finds out. Plain data: the terminal turns it into sentences.
 *
 * @module
 */
import type { DeviceFault, SoundDevice, SoundSide } from "../media/sound_status.ts";
import type { ClockEstimate } from "./clock_estimate.ts";

/** How a check went: well, with something to know, badly, or it cannot be told. */
export type Mark = "ok" | "warning" | "failed" | "unknown";

/** A finding and what to think of it. */
export interface Diagnosis {
  readonly mark: Mark;
  readonly finding: Finding;
}

/** The ports of a peer: TCP of chat, UDP of calls, UDP of music. */
export type PeerPort = "listen" | "call" | "music";

/** What a permission of the program is for. */
export type PermissionUse = "network" | "sound" | "addresses" | "files";

/** Why a request to a port of the server came to nothing. */
export type ServerFault =
  | "refused"
  | "no_answer"
  | "unreachable"
  | "unresolved"
  | "not_permitted"
  | "given_up"
  | "other"
  /** Connected, and then: not a word, the end, or words of another protocol. */
  | "silent"
  | "closed"
  | "broken"
  | "too_long"
  | "another_service";

/** Why a server could not be asked for what only it knows. */
export type CannotTell =
  /** It runs on this machine, and so is not outside. */
  | "same_machine"
  /** It is an older one or somebody else's, and does not know the probe. */
  | "unknown_request"
  /** Too many ask it at the moment. */
  | "busy"
  /** It was not reached, or did not answer. */
  | "no_server"
  /** It tries no port below 1024. */
  | "low_port";

/** What became of a try to reach one of our ports from outside. */
export type Reach =
  | "reached"
  | "refused"
  | "no_answer"
  /** Somebody took the connection, and it was not us. */
  | "another_machine"
  | CannotTell;

/** One thing that was found out. Times are in milliseconds. */
export type Finding =
  /** Null where there is no terminal; `utf8` is null where the terminal does not tell. */
  | {
    readonly kind: "terminal";
    readonly terminal: {
      readonly columns: number;
      readonly colour: boolean;
      readonly utf8: boolean | null;
    } | null;
  }
  | {
    readonly kind: "permissions";
    readonly missing: readonly { readonly use: PermissionUse; readonly flag: string }[];
  }
  | { readonly kind: "addresses"; readonly ips: readonly string[] }
  /** Whether a port can be had: the wanted one (0 is any), the next, or none. */
  | {
    readonly kind: "port";
    readonly which: PeerPort;
    readonly wanted: number;
    readonly got: number | null;
  }
  /** Whether datagrams pass between two sockets of our own. */
  | { readonly kind: "udp"; readonly works: boolean }
  /** A device was tried; `preferred` is the one that `auto` takes. */
  | {
    readonly kind: "device";
    readonly side: SoundSide;
    readonly device: SoundDevice;
    readonly preferred: boolean;
    readonly result: DeviceResult;
  }
  | { readonly kind: "no_device"; readonly side: SoundSide }
  /** The server's name was looked up. */
  | {
    readonly kind: "name";
    readonly host: string;
    readonly ip: string | null;
  }
  /** A directory answers on one of the server's ports, or why none does. */
  | {
    readonly kind: "server";
    readonly which: "chat" | "registry";
    readonly port: number;
    readonly result:
      | { readonly kind: "directory"; readonly madeIn: number; readonly answeredIn: number }
      | { readonly kind: "fault"; readonly why: ServerFault; readonly reason: string };
  }
  /** How far the server's clock is ahead of ours. */
  | { readonly kind: "clock"; readonly estimate: ClockEstimate }
  /** Under which address the server sees us, and which one is ours on the way there. */
  | { readonly kind: "seen"; readonly observedIp: string; readonly localIp: string }
  /** How we are seen and reached from outside cannot be told. */
  | { readonly kind: "outside"; readonly why: CannotTell }
  /** Whether one of our ports is reached from outside; `behindNat` decides on what to do. */
  | {
    readonly kind: "reach";
    readonly which: PeerPort;
    readonly port: number;
    readonly result: Reach;
    readonly behindNat: boolean;
    /** The person chose the port, so that it is the same at the next start. */
    readonly lasting: boolean;
  };

/** What a device did when it was opened for a moment. */
export type DeviceResult =
  /** A microphone gave sound; its loudest 20 ms, in dBFS. */
  | { readonly kind: "heard"; readonly level: number }
  /** A microphone gave frames with nothing in them at all. */
  | { readonly kind: "silence" }
  /** A speaker took sound at its pace. */
  | { readonly kind: "played" }
  /** A device was opened and then took or gave sound too slowly. */
  | { readonly kind: "slow" }
  | { readonly kind: "fault"; readonly fault: DeviceFault };
