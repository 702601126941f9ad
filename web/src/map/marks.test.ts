import { expect, test } from "vitest";
import type { Changes } from "../api/types";
import { assign, marksOf, nobody, nth, outline, shapes, strength } from "./marks";

const place = (id: string, holders: string[]): Changes => ({
  place: { id, name: id, lat: 1, lon: 1, country: null },
  segments: holders.map((h, i) => ({ from: `2017-01-0${i + 1}`, to: `2017-01-0${i + 1}`, status: "held", holder: h, actor: h.toLowerCase() })),
});

test("64 holders look different, whatever their colour alone", () => {
  const all = Array.from({ length: 64 }, (_, i) => nth(i));
  expect(new Set(all.map((m) => `${m.colour} ${m.shape}`)).size).toBe(64);
  expect(new Set(all.slice(0, 8).map((m) => m.shape)).size).toBe(8);
});

test("marks do not depend on the order of places", () => {
  const places = [place("a", ["Reds"]), place("b", ["Reds", "Blues"]), place("c", ["Greens"])];
  const there = assign(places), back = assign([...places].reverse());
  expect([...there]).toEqual([...back]);
  expect(there.get("reds")!.mark).toEqual(nth(0));
});

test("a holder without an id is found by name, and nobody is grey", () => {
  const holders = assign([place("a", ["Reds"])]);
  expect(marksOf(holders, { holder: "Reds" }, null).mark).toEqual(nth(0));
  expect(marksOf(holders, { holder: null, actor: null }, null)).toEqual({ mark: nobody, second: -1 });
});

test("shapes are closed paths of their own", () => {
  const paths = shapes.map((s) => outline(s, 6));
  expect(new Set(paths).size).toBe(shapes.length);
  for (const p of paths) expect(p).toMatch(/^M.*Z$/);
});

test("the surer, the fuller", () => {
  const steps = [0.5, 0.7, 0.9, 0.99].map((c) => strength("held", c));
  expect(steps).toEqual([...steps].sort((a, b) => a - b));
  expect(new Set(steps).size).toBe(4);
});
