import { expect, test } from "vitest";
import { csv, field, geojson, markdown, plain, type Shown } from "./tables";

test("fields are quoted as RFC 4180 has it", () => {
  expect(csv(["a", "b"], [["x,y", 'say "no"'], [null, 3]])).toBe('a,b\r\n"x,y","say ""no"""\r\n,3\r\n');
  expect(field("two\nlines")).toBe('"two\nlines"');
});

test("a spreadsheet runs nothing", () => {
  for (const evil of ["=cmd()", "+1", "-1", "@x", "\tx"]) expect(field(evil).replace(/^"/, "")).toMatch(/^'/);
  expect(field(-12)).toBe("-12");
});

test("Markdown of a name is its text", () => {
  expect(plain("a|b <b>*x*</b> [l](u)\nc")).toBe("a\\|b \\<b\\>\\*x\\*\\</b\\> \\[l\\]\\(u\\) c");
});

const shown: Shown = {
  day: "2017-11-08", known: "2017-11-08", disputes: [], events: [],
  ground: [{ changes: { place: { id: "p", name: "Town", lat: 34, lon: 40, country: null }, segments: [] }, x: 0, y: 0, area: false }],
  spots: [{ id: "p", name: "Town", x: 0, y: 0, lat: 34, radius: 0, holder: "A", mark: { colour: 0, shape: "circle" }, second: -1, status: "held", chance: 0.91, changed: false, disputed: true, area: false }],
};

test("GeoJSON has what is shown", () => {
  const { features } = JSON.parse(geojson(shown));
  expect(features).toEqual([{ type: "Feature", geometry: { type: "Point", coordinates: [40, 34] }, properties: { day: "2017-11-08", known: "2017-11-08", place: "Town", id: "p", status: "held", holder: "A", chance: 0.91, disputed: "yes", changed: "no" } }]);
});

test("Markdown has what is shown", () => {
  expect(markdown(shown)).toContain("| Town | held | A | 0.91 | yes |");
});
