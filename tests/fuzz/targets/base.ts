import assert from "node:assert/strict";
import {
  canonicalIp,
  formatIpPort,
  isLocalIp,
  isPort,
  parseIpPort,
  parsePort,
} from "../../../lib/base/address.ts";
import { normalizeName, ownNameFault, wireNameFault } from "../../../lib/base/names.ts";
import {
  parsePeerId,
  parsePubTarget,
  peerIdOf,
  splitPeerId,
} from "../../../lib/protocol/overlay.ts";
import { bytesOf, type FuzzTarget, textOf } from "../target.ts";

const names: FuzzTarget = {
  name: "names",
  seeds: ["Ana", "João da Silva", "a:b@c#d*", "ana@UnB", "#UnB", "*", "a@b@c", "é".repeat(64)].map(
    bytesOf,
  ),
  words: ["@", "#", "*", ":", "\u001b[2J", "x".repeat(64)],
  most: 300,
  tries: 1000,
  run(bytes, saw) {
    const text = textOf(bytes);
    const name = normalizeName(text);
    assert.equal(normalizeName(name), name, "normalising twice changes a name");
    const fault = wireNameFault(name);
    const own = ownNameFault(text);
    saw(`${fault} ${own}`);
    if (fault === null) {
      assert.equal(textOf(bytesOf(name)), name, "a name that UTF-8 cannot carry");
      assert.doesNotMatch(name, /[\r\n\0]/);
    }
    if (own === null) assert.equal(fault, null, "we create what we would not read");
    const id = parsePeerId(text);
    if (id !== null) {
      const parts = splitPeerId(id);
      assert.equal(parsePeerId(id), id);
      assert.equal(peerIdOf(parts.name, parts.namespace), id);
      saw("peer id");
    }
    const target = parsePubTarget(text);
    if (target !== null) {
      assert.equal(parsePubTarget(target), target);
      saw(target === "*" ? "everyone" : "namespace");
    }
  },
};

const addresses: FuzzTarget = {
  name: "addresses",
  seeds: [
    ...[
      "192.0.2.7:21500",
      "2001:db8::7:21500",
      "[::1]:80",
      "::ffff:192.0.2.7:80",
      "fe80::1%eth0:5",
    ],
    ...[
      "0.0.0.0:0",
      "1.2.3:80",
      "01.2.3.4:1",
      "1.2.3.4:65536",
      "::",
      "10.0.0.1",
      "1:2:3:4:5:6:7:8:9",
    ],
  ].map(bytesOf),
  words: ["::", "ffff:", "%", "[", "]", "0x", "255.", ":65535"],
  most: 120,
  tries: 1000,
  run(bytes, saw) {
    const text = textOf(bytes);
    const port = parsePort(text);
    if (port !== null) assert.ok(isPort(port));
    const ip = canonicalIp(text);
    if (ip !== null) {
      assert.equal(canonicalIp(ip), ip, "an address has two canonical spellings");
      saw(`ip ${ip.includes(":")} ${isLocalIp(ip)}`);
    } else assert.equal(isLocalIp(text), false);
    const address = parseIpPort(text);
    if (address === null) return saw("none");
    assert.deepEqual(parseIpPort(formatIpPort(address)), address);
    saw(`ip and port ${address.ip.includes(":")}`);
  },
};

export const BASE: readonly FuzzTarget[] = [names, addresses];
