import { normalizeName, wireNameFault } from "../../base/names.ts";
import { nameFaultSentence } from "../messages/name_fault.ts";
import { type Sentence, sentence } from "../messages/sentence.ts";
import { type NameRead, readLastName, readName } from "./name_argument.ts";
import { quoted } from "./quoted.ts";

/** An argument that was read and what follows it, or the sentence about what is wrong with it. */
export type OverlayRead = { readonly value: string; readonly rest: string } | Sentence;

/**
 * Reads `name` or `name@namespace`, split at the last `@`, in quotes or up to the end of the line.
 * An `@` before it, as `/msg` takes it, is no part of the name.
 */
export function readPeer(typed: string, peers: Iterable<string>): OverlayRead {
  const read = readLastName(typed.replace(/^("?)@/, "$1"), knownPeers(peers));
  return read === null ? quoteMistake("Ana Maria@UnB") : checked(read, () => peerFault(read.name));
}

/** Reads a namespace, with or without the `#` before it, or `*`. */
export function readNamespace(typed: string): OverlayRead {
  const own = typed.replace(/^("?)#/, "$1");
  const read = own.startsWith('"')
    ? readName(own, new Set())
    : { name: normalizeName(own), rest: "" };
  return read === null ? quoteMistake("Sala 2") : checked(read, () => namespaceFault(read.name));
}

/**
 * Reads who a message is for: `@name`, `@name@namespace`, `#namespace` or `*`. Where it holds white
 * space and is not known, it goes in quotes: all of it, or the name behind the first sign.
 */
export function readTarget(
  typed: string,
  peers: Iterable<string>,
  namespaces: Iterable<string>,
): OverlayRead {
  const read = readSigned(quoteAround(typed), () => knownTargets(peers, namespaces));
  if (read === null) return quoteMistake("@Ana Maria@UnB");
  const { name } = read;
  if (name === "*") return { value: name, rest: read.rest };
  if (name.startsWith("@")) return checked(read, () => peerFault(name.slice(1)));
  if (name.startsWith("#")) return checked(read, () => namespaceFault(name.slice(1)));
  return sentence("command.mistake.target", { typed: quoted(name) });
}

function readSigned(typed: string, known: () => ReadonlySet<string>): NameRead | null {
  if (/^\*(?=\s|$)/.test(typed)) return { name: "*", rest: typed.slice(1).trimStart() };
  // Quotes behind the sign that `quoteAround` left there are not closed.
  return /^[@#]"/.test(typed) ? null : readName(typed, known());
}

/** The known targets as they can be typed: peers with and without their namespaces. */
function knownTargets(peers: Iterable<string>, namespaces: Iterable<string>): ReadonlySet<string> {
  const targets = new Set(Array.from(knownPeers(peers), (peer) => `@${peer}`));
  for (const namespace of namespaces) targets.add(`#${normalizeName(namespace)}`);
  return targets;
}

/** The known peers as they can be typed: with and without their namespaces. */
function knownPeers(peers: Iterable<string>): ReadonlySet<string> {
  const known = new Set<string>();
  for (const peer of peers) {
    const id = normalizeName(peer);
    known.add(id).add(id.slice(0, id.lastIndexOf("@")));
  }
  return known;
}

/** `@"Ana Maria"@UnB text` as `"@Ana Maria@UnB" text`. */
function quoteAround(typed: string): string {
  return typed.replace(/^([@#])"((?:[^"\\]|\\.)*)"(@\S*)?(?=\s|$)/su, '"$1$2$3"');
}

function checked(read: NameRead, fault: () => Sentence | null): OverlayRead {
  return fault() ?? { value: read.name, rest: read.rest };
}

function peerFault(peer: string): Sentence | null {
  const at = peer.lastIndexOf("@");
  const name = at < 0 ? peer : peer.slice(0, at);
  const fault = wireNameFault(name);
  if (fault !== null) {
    return sentence("command.mistake.peer", {
      name: quoted(name),
      fault: nameFaultSentence(fault),
    });
  }
  return at < 0 ? null : namespaceFault(peer.slice(at + 1));
}

function namespaceFault(namespace: string): Sentence | null {
  const fault = wireNameFault(namespace);
  return fault === null ? null : sentence("command.mistake.namespace", {
    name: quoted(namespace),
    fault: nameFaultSentence(fault),
  });
}

function quoteMistake(name: string): Sentence {
  return sentence("command.mistake.quote", { example: `"${name}"` });
}
