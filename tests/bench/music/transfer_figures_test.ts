import assert from "node:assert/strict";
import { reached } from "../figures.ts";
import type { Transfer } from "./transfer.ts";
import { beatsBbr, sentAgain, throughput, transferCosts } from "./transfer_figures.ts";

function run(candidate: string, ...transfers: Partial<Transfer>[]) {
  const usual = { goodput: 20e6, again: 0.02, sourceCost: 10, listenerCost: null };
  return {
    candidate,
    measure: () => Promise.reject(new Error("measured already")),
    transfers: transfers.map((one) => ({ ...usual, ...one })),
  };
}

Deno.test("transfer figures: megabytes a second and percent, round by round", () => {
  const runs = [run("music", { goodput: 22.5e6 }, { goodput: 24e6, again: 0.2 })];
  const values = (figure: ReturnType<typeof throughput>) =>
    figure.series.map(({ samples }) => samples.map(({ value }) => value));
  const goodput = throughput("goodput", runs, { kind: "at_least", value: 22.5 });
  assert.deepEqual(values(goodput), [[22.5, 24]]);
  assert.equal(reached(goodput), true);
  assert.deepEqual(values(sentAgain("again", runs)), [[2, 20]]);
  assert.equal(reached(sentAgain("again", runs)), false);
});

Deno.test("transfer figures: bbr is a goal only where there is one", () => {
  const music = run("music", { goodput: 21e6 });
  const [figure] = beatsBbr("by bbr's", [music, run("TCP bbr", {}), run("TCP cubic", {})]);
  assert.equal(reached(figure!), true);
  const [lost] = beatsBbr("by bbr's", [run("music", { goodput: 19e6 }), run("TCP bbr", {})]);
  assert.equal(reached(lost!), false);
  assert.deepEqual([...beatsBbr("by bbr's", [music, run("TCP cubic", {})])], []);
});

Deno.test("transfer figures: a processor time that is not told is left out", () => {
  const figures = [...transferCosts("0 % loss", [run("music", {})])];
  assert.deepEqual(figures.map(({ name }) => name), ["processor time of the source, 0 % loss"]);
});
