import { deepEqual, equal } from "node:assert/strict";
import {
  formatServerAddress,
  hasPortTooLarge,
  parseHost,
  parseServerAddress,
} from "../../../lib/terminal/options/server_address.ts";

Deno.test("parseHost: addresses and names of machines", () => {
  const rows = [
    ["192.168.0.10", "192.168.0.10"],
    ["localhost", "localhost"],
    ["prosa.example.org", "prosa.example.org"],
    ["meu-servidor_2", "meu-servidor_2"],
    ["servidor.", "servidor."],
    ["maçã.br", "maçã.br"],
    ["::1", "::1"],
    ["[::1]", "::1"],
    ["fe80::1%eth0", "fe80::1%eth0"],
    ["", null],
    [" ", null],
    ["a b", null],
    ["256.1.1.1", null],
    ["1.2.3", null],
    ["12", null],
    ["a..b", null],
    ["-a", null],
    ["[a]", null],
    ["[::1", null],
    ["::g", null],
    ["http://a", null],
    ["a\x00", null],
    ["a".repeat(254), null],
  ] as const;
  for (const [text, host] of rows) equal(parseHost(text), host, text);
});

Deno.test("parseServerAddress: alone or with a port, and written back as it can be read", () => {
  const rows = [
    ["192.168.0.10", { host: "192.168.0.10", chatPort: null }],
    ["192.168.0.10:12000", { host: "192.168.0.10", chatPort: 12000 }],
    ["localhost:1", { host: "localhost", chatPort: 1 }],
    ["::1", { host: "::1", chatPort: null }],
    ["2001:db8::1:5000", { host: "2001:db8::1:5000", chatPort: null }],
    ["[2001:db8::1]", { host: "2001:db8::1", chatPort: null }],
    ["[2001:db8::1]:10000", { host: "2001:db8::1", chatPort: 10000 }],
    ["localhost:", null],
    ["localhost:0", null],
    ["localhost:65536", null],
    ["localhost:1x", null],
    ["2001:db8::1:10000", null],
    [":10000", null],
    ["a:1:2", null],
    ["[::1]10000", null],
    ["", null],
  ] as const;
  for (const [text, address] of rows) {
    deepEqual(parseServerAddress(text), address, text);
    if (address !== null) deepEqual(parseServerAddress(formatServerAddress(address)), address);
  }
});

Deno.test("hasPortTooLarge: of an address with a port that is none, whether it is too large", () => {
  const rows = [
    ["host:65536", true],
    ["host:99999", true],
    ["[::1]:100000", true],
    ["host:" + "9".repeat(400), true],
    ["host:65535", false],
    ["host:0", false],
    ["host:1x", false],
    ["a b:99999", false],
    ["::1:99999", false],
  ] as const;
  for (const [text, large] of rows) equal(hasPortTooLarge(text), large, text);
});
