// What the commands that measure say of a figure.
import assert from "node:assert/strict";
import { test } from "node:test";
import { verdict } from "../../bench/engine/goals.mjs";
import { compare } from "./bench/budgets.mjs";

test("a broken gate is named, and a missing figure is an error", (t) => {
  t.mock.method(console, "log", () => {});
  const measured = { assess_node: 0.01, assess_chromium: 0.001, interactive: 600, written: 9, painted: 9, opened: 9, pasted: 9, advised: 8, advised_all: 16 };
  assert.deepEqual(compare(measured), []);
  assert.deepEqual(compare({ ...measured, painted: 16.1 }), ["answer to painted picture, above an empty page"]);
  assert.throws(() => compare({ ...measured, painted: null }), /no figure for painted/);
});

test("a goal is reached at its limit from the right side", () => {
  const [more, less] = [{ more: true, gate: 1, target: 2 }, { gate: 0.2, target: 0.05 }];
  assert.deepEqual([2, 1, 0.99].map((value) => verdict(more, value)), ["ok", "between gate and target", "GATE BROKEN"]);
  assert.deepEqual([0.05, 0.2, 0.21].map((value) => verdict(less, value)), ["ok", "between gate and target", "GATE BROKEN"]);
  assert.equal(verdict(less, undefined), "not measured");
});
