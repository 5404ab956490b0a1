import { deepStrictEqual, strictEqual } from "node:assert/strict";
import {
  alternately,
  discovers,
  lists,
  lookups,
  registers,
  registrations,
} from "./directory_requests.ts";

const decoder = new TextDecoder();

Deno.test("requests of a kind are equally long, as the baselines count on", () => {
  for (const { requests, size } of [lookups(1000), lists(100), registers(), discovers()]) {
    deepStrictEqual(new Set(requests.map(({ length }) => length)), new Set([size.request]));
  }
});

Deno.test("every name that is looked up is registered by a connection", () => {
  const registered = new Set(
    registrations(100).map((bytes) => /^USER (\w+):\d{5}\r\n/.exec(decoder.decode(bytes))![1]),
  );
  strictEqual(registered.size, 100);
  for (const request of lookups(100).requests) {
    const [, name] = /^ADDR (\w+)\r\n$/.exec(decoder.decode(request))!;
    strictEqual(registered.has(name), true);
  }
});

Deno.test("a registration is shown to be taken by the answer to one request", () => {
  for (const bytes of registrations(3)) {
    const lines = decoder.decode(bytes).split("\r\n");
    deepStrictEqual(lines.map((line) => line.slice(0, 5)), ["USER ", "ADDR ", ""]);
  }
});

Deno.test("replies are as long as the protocol makes them", () => {
  strictEqual(lookups(100).size.reply, "ADDR 127.0.0.1:20000\r\n".length);
  strictEqual(lists(3).size.reply, "LIST u00000:u00001\r\n".length);
});

Deno.test("ports of every connection have five digits", () => {
  for (const bytes of [registrations(10_000).at(0)!, registrations(10_000).at(-1)!]) {
    strictEqual(/:\d{5}\r\n/.test(decoder.decode(bytes)), true);
  }
});

Deno.test("two kinds of requests come in turns, the shorter list again and again", () => {
  const size = { request: 1, reply: 1 };
  const of = (...bytes: number[]) => ({
    requests: bytes.map((byte) => new Uint8Array([byte])),
    size,
  });
  deepStrictEqual(
    alternately(of(1, 2, 3), of(9)).map(([byte]) => byte),
    [1, 9, 2, 9, 3, 9],
  );
});
