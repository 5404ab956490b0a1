import assert from "node:assert/strict";
import {
  canonicalIp,
  formatIpPort,
  isLocalIp,
  isPort,
  parseIpPort,
  parsePort,
  shareholder,
} from "../../lib/base/address.ts";

/** A text, and its canonical spelling or null. */
const ADDRESSES: readonly (readonly [text: string, ip: string | null])[] = [
  ["192.0.2.7", "192.0.2.7"],
  ["0.0.0.0", "0.0.0.0"],
  ["255.255.255.255", "255.255.255.255"],
  ["::ffff:192.0.2.7", "192.0.2.7"],
  ["::FFFF:c000:207", "192.0.2.7"],
  ["0:0:0:0:0:ffff:192.0.2.7", "192.0.2.7"],
  ["::ffff:192.0.2.7%eth0", "192.0.2.7"],
  ["::1", "::1"],
  ["::", "::"],
  ["0:0:0:0:0:0:0:1", "::1"],
  ["2001:DB8:0:0:1:0:0:1", "2001:db8::1:0:0:1"],
  ["2001:db8:0:1:1:1:1:1", "2001:db8:0:1:1:1:1:1"],
  ["2001:0db8::0007", "2001:db8::7"],
  ["fe80::1%eth0", "fe80::1"],
  ["fe80::1%3", "fe80::1"],
  ["64:ff9b::192.0.2.7", "64:ff9b::c000:207"],
  ["", null],
  ["localhost", null],
  ["192.0.2", null],
  ["192.0.2.256", null],
  ["192.0.2.7.9", null],
  ["192.0.2.07", null],
  ["0xc0.0.2.7", null],
  ["3221225991", null],
  [" 192.0.2.7", null],
  ["192.0.2.7\n", null],
  ["192.0.2.7%eth0", null],
  ["[::1]", null],
  [":", null],
  [":::", null],
  ["1::2::3", null],
  ["1:2:3:4:5:6:7", null],
  ["1:2:3:4:5:6:7:8:9", null],
  ["12345::", null],
  ["::g", null],
  ["::ffff:192.0.2.256", null],
  ["fe80::1%", null],
  ["::1\n", null],
  ["\ud83d::1", null],
];

for (const [text, ip] of ADDRESSES) {
  const title = JSON.stringify(text);
  Deno.test(`canonical ip: ${title} ${ip === null ? "is no address" : `is ${ip}`}`, () => {
    assert.equal(canonicalIp(text), ip);
    if (ip !== null) assert.equal(canonicalIp(ip), ip, "the canonical spelling is its own");
  });
}

/** A text split at its last colon, or null. */
const ENDPOINTS: readonly (readonly [text: string, ip: string | null, port?: number])[] = [
  ["192.0.2.7:80", "192.0.2.7", 80],
  ["::ffff:192.0.2.7:80", "192.0.2.7", 80],
  ["::1:80", "::1", 80],
  ["2001:db8::7:65535", "2001:db8::7", 65535],
  ["[2001:DB8::7]:80", "2001:db8::7", 80],
  ["[::ffff:192.0.2.7]:80", "192.0.2.7", 80],
  ["fe80::1%eth0:80", "fe80::1", 80],
  ["[fe80::1%eth0]:80", "fe80::1", 80],
  ["", null],
  ["192.0.2.7", null],
  ["192.0.2.7:", null],
  [":80", null],
  ["192.0.2.7:0", null],
  ["192.0.2.7:65536", null],
  ["192.0.2.7:80 ", null],
  ["192.0.2.7 :80", null],
  ["192.0.2.7:+80", null],
  ["fe80::1", null],
  ["[::1]", null],
  ["[::1]80", null],
  ["[::1:80", null],
  ["::1]:80", null],
  ["[[::1]]:80", null],
  ["[]:80", null],
  ["example.org:80", null],
];

for (const [text, ip, port] of ENDPOINTS) {
  Deno.test(`ip and port: ${JSON.stringify(text)} ${ip === null ? "is none" : "is read"}`, () => {
    assert.deepEqual(parseIpPort(text), ip === null ? null : { ip, port });
  });
}

Deno.test("ip and port: what is formatted is read back, also for IPv6", () => {
  for (const ip of ["192.0.2.7", "::1", "::", "2001:db8::7", "1:2:3:4:5:6:7:8"]) {
    assert.equal(formatIpPort({ ip, port: 80 }), `${ip}:80`);
    assert.deepEqual(parseIpPort(`${ip}:80`), { ip, port: 80 });
  }
});

Deno.test("port: decimal digits from 1 to 65535 and nothing else", () => {
  assert.equal(parsePort("1"), 1);
  assert.equal(parsePort("65535"), 65535);
  assert.equal(parsePort("00080"), 80);
  for (
    const text of [
      "",
      "0",
      "00000",
      "65536",
      "000080",
      "-1",
      "+1",
      "1.0",
      "1e3",
      "0x10",
      " 1",
      "1 ",
      "1\n",
      "٣",
      "１",
    ]
  ) {
    assert.equal(parsePort(text), null, JSON.stringify(text));
  }
});

Deno.test("port: as a value it is an integer from 1 to 65535", () => {
  for (const port of [1, 80, 65535]) assert.equal(isPort(port), true);
  for (const value of [0, -1, 65536, 1.5, NaN, Infinity, "80", null, undefined, true, [80]]) {
    assert.equal(isPort(value), false, String(value));
  }
});

Deno.test("local addresses: loopback, private and link-local, also mapped", () => {
  const local = [
    "127.0.0.1",
    "127.9.9.9",
    "10.0.0.1",
    "172.16.0.1",
    "192.168.1.1",
    "169.254.1.1",
    "::1",
    "fe80::1",
    "fe80::1%eth0",
    "fd00::1",
    "::ffff:192.168.1.1",
  ];
  for (const ip of local) assert.equal(isLocalIp(ip), true, ip);
  for (
    const ip of ["192.0.2.7", "8.8.8.8", "172.32.0.1", "0.0.0.0", "2001:db8::1", "::", "", "x"]
  ) {
    assert.equal(isLocalIp(ip), false, ip);
  }
});

Deno.test("a share is an address's own, or that of an IPv6 network of 64 bits", () => {
  assert.equal(shareholder("203.0.113.7"), "203.0.113.7");
  assert.equal(shareholder("2001:db8:0:1::7"), "2001:db8:0:1::/64");
  assert.equal(shareholder("2001:db8:0:1:ffff::9"), shareholder("2001:db8:0:1::7"));
  assert.notEqual(shareholder("2001:db8:0:2::7"), shareholder("2001:db8:0:1::7"));
  assert.equal(shareholder("no address: at all"), "no address: at all");
});
