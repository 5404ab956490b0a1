import { deepEqual, ok } from "node:assert/strict";
import { nodesTable } from "../../../lib/terminal/views/music_nodes.ts";
import { context, EVIL } from "./music_fixture.ts";

const node = { name: "ana", ip: "10.0.0.2", port: 7000, files: 12 };

Deno.test("nodes: who, how many songs, where", () => {
  const nodes = [node, { name: "Rui", ip: "2001:db8::5", port: 7001, files: 3 }];
  deepEqual(nodesTable({ kind: "nodes", nodes }, context()), [
    "Name  Songs  Address",
    "ana      12  10.0.0.2:7000",
    "Rui       3  [2001:db8::5]:7001",
  ]);
});

Deno.test("nodes: none is a sentence; names are printable", () => {
  deepEqual(nodesTable({ kind: "nodes", nodes: [] }, context()), [
    "Nobody else shares music now.",
  ]);
  const [, row] = nodesTable({ kind: "nodes", nodes: [{ ...node, name: EVIL }] }, context());
  // deno-lint-ignore no-control-regex
  ok(!/[\x00-\x1f\u202e]/.test(row!));
});
