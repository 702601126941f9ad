import { expect, test } from "vitest";
import { read, start, write, type View } from "./view";

const full: View = {
  panel: "place", id: "geonames:174448", claim: "c1:ab", day: "2017-11-08", known: "then", span: 30, source: "Wire & Co = ü", without: ["combat", "people"], q: "a b", at: [40.9, 34.4, 7.25], step: 2,
};

test("a view comes back from its address", () => {
  expect(read(write(full))).toEqual(full);
  expect(read(write({ ...full, known: "2017-11-09" })).known).toBe("2017-11-09");
  expect(write(start)).toBe("");
  expect(read("")).toEqual(start);
});

test("the same view always has the same address", () => {
  expect(write(read(write(full)))).toBe(write(full));
});

test("nonsense in an address is the start, never an error", () => {
  const v = read("?panel=<script>&day=2017-02-31&known=yesterday&span=-4&map=1,2&step=x&without=,,");
  expect(v).toEqual(start);
  expect(read("?map=500,10,3").at).toBeNull();
});
