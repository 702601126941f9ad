import { expect, test } from "vitest";
import type { Claim } from "../api/types";
import { tame } from "../api/client";
import { layout } from "./layout";
import { pieces } from "./spans";

const claim = (id: string, sentence: [number, number], trigger: [number, number], more: Partial<Claim> = {}): Claim =>
  ({ id, key: id, evidence: { start: sentence[0], end: sentence[1], quote: "", trigger: { start: trigger[0], end: trigger[1], text: "" } }, agents: [], targets: [], places: [], attribution: [], time: null, ...more }) as unknown as Claim;

test("offsets count characters, not UTF-16 units", () => {
  const text = "🚩🚩 took Rawa.";
  const found = pieces(text, [claim("a", [0, 13], [3, 7])], null);
  expect(found.map((p) => p.text)).toEqual(["🚩🚩 ", "took", " Rawa."]);
  expect(found.map((p) => p.triggers.length)).toEqual([0, 1, 0]);
});

test("pieces put together are the text", () => {
  const text = "<script>alert(1)</script> Rebels took Rawa, a commander said.\u202e";
  const picked = claim("b", [26, 61], [33, 37], { agents: [{ name: "Rebels", text: "Rebels", start: 26, end: 32 }] });
  const found = pieces(text, [claim("a", [0, 25], [8, 13]), picked], picked);
  expect(found.map((p) => p.text).join("")).toBe(text);
  expect(found.find((p) => p.text === "Rebels")!.role).toBe("who");
});

test("spans that do not lie in the text are left out", () => {
  expect(pieces("short", [claim("a", [0, 99], [3, 4]), claim("b", [4, 2], [4, 2])], null).map((p) => p.text)).toEqual(["short"]);
  expect(pieces("", [], null)).toEqual([]);
});

test("triggers of two claims may overlap", () => {
  const found = pieces("killed and wounded", [claim("a", [0, 18], [0, 6]), claim("b", [0, 18], [0, 18])], null);
  expect(found.map((p) => [p.text, p.triggers.map((c) => c.id)])).toEqual([["killed", ["a", "b"]], [" and wounded", ["b"]]]);
});

test("the same graph always looks the same and stays within its frame", () => {
  const edges: [number, number][] = [[0, 1], [1, 2], [3, 0]];
  const one = layout(5, edges, 400, 300);
  expect(layout(5, edges, 400, 300)).toEqual(one);
  for (const p of one) expect(p.x >= 0 && p.x <= 400 && p.y >= 0 && p.y <= 300).toBe(true);
  expect(layout(0, [], 400, 300)).toEqual([]);
});

test("names of 100 KB are cut, texts are not", () => {
  const long = "A".repeat(100_000);
  const tamed = tame({ text: long, name: long, list: [long, { name: `${"A".repeat(1999)}🚩` }], n: 3, none: null });
  expect(tamed.text).toBe(long);
  expect([tamed.name.length, (tamed.list[0] as string).length]).toEqual([2001, 2001]);
  expect((tamed.list[1] as { name: string }).name).toBe(`${"A".repeat(1999)}…`);
  expect([tamed.n, tamed.none]).toEqual([3, null]);
});
