import { expect, test } from "vitest";
import type { Dispute, EventItem, Segment } from "../api/types";
import { clusters, happenings } from "./clusters";
import { assign } from "./marks";
import { at, contenders, disputedPlaces, ground, spots } from "./scene";

const segments: Segment[] = [
  { from: "2017-11-03", to: "2017-11-11", status: "held", holder: "A", actor: "a" },
  { from: "2017-11-12", to: "2017-11-12", status: "unclear", holder: "A", actor: "a" },
  { from: "2017-11-19", to: "2017-12-10", status: "held", holder: "B", actor: "b" },
];
const changes = [{ place: { id: "p", name: "Town", lat: 34, lon: 40, country: "SY" }, segments }];

test("the segment of a day", () => {
  expect(at(segments, "2017-11-03")).toBe(segments[0]);
  expect(at(segments, "2017-11-12")).toBe(segments[1]);
  expect(at(segments, "2017-11-15")).toBeNull();
  expect(at(segments, "2017-11-02")).toBeNull();
  expect(at(segments, "2018-01-01")).toBeNull();
  expect(at([], "2018-01-01")).toBeNull();
});

const dispute = (about: string, opened: string, closed: string | null): Dispute => ({ id: about, question: "control", about: [about], sides: [], opened, closed, resolution: null, newest: opened, reports: 2 });

test("a place is disputed from the day a dispute opens until the day it closes", () => {
  const d = [dispute("Town", "2017-11-08", "2017-11-19")];
  expect(disputedPlaces(d, "2017-11-07").has("Town")).toBe(false);
  expect(disputedPlaces(d, "2017-11-08").has("Town")).toBe(true);
  expect(disputedPlaces(d, "2017-11-18").has("Town")).toBe(true);
  expect(disputedPlaces(d, "2017-11-19").has("Town")).toBe(false);
});

test("what is drawn on a day", () => {
  const holders = assign(changes);
  const [spot] = spots(ground(changes), "2017-11-20", null, holders, new Set(["Town"]));
  expect(spot).toMatchObject({ id: "p", status: "held", changed: true, disputed: true, mark: holders.get("b")!.mark });
  expect(spots(ground(changes), "2017-11-15", null, holders, new Set())).toEqual([]);
  expect(spots(ground(changes), "2017-11-05", null, holders, new Set())[0]!.changed).toBe(false);
});

test("contenders are those who could hold the place", () => {
  const [first, second] = contenders([{ answer: "contested", actor: null, chance: 0.5 }, { answer: "B", actor: "b", chance: 0.2 }, { answer: "A", actor: "a", chance: 0.3 }, { answer: "other", actor: null, chance: 0.6 }]);
  expect([first?.answer, second?.answer]).toEqual(["A", "B"]);
});

test("places without coordinates are not drawn, and nothing breaks", () => {
  expect(ground([{ place: { id: "x", name: "x", lat: null, lon: null, country: null }, segments }])).toEqual([]);
});

const event = (id: string, lon: number | null, types: string[]): EventItem =>
  ({ id, text: id, types, days: ["2017-11-08", "2017-11-08"], dated: true, places: [], tolls: {}, accounts: [], told_by: [], denied_by: [], reports: [], claims: [], lat: lon === null ? null : 34, lon });

test("events that would lie on one another are one cluster, with the commonest sign", () => {
  const all = happenings([event("1", 40, ["airstrike"]), event("2", 40.001, ["clash"]), event("3", 40.001, ["attack"]), event("4", 80, ["seize"]), event("5", null, ["seize"])]);
  expect(all).toHaveLength(4);
  const found = clusters(all, 512 * 2 ** 5);
  expect(found.map((c) => [c.events.length, c.group])).toEqual([[3, "combat"], [1, "territory"]]);
  expect(clusters(all, 512 * 2 ** 18)).toHaveLength(3);
});
