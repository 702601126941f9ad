import { expect, test } from "vitest";
import { add, clamp, day, monthStarts, number, span, valid, written } from "./days";

test("days count", () => {
  expect(add("2017-02-28", 1)).toBe("2017-03-01");
  expect(add("2016-12-31", 60)).toBe("2017-03-01");
  expect(day(number("2017-11-08"))).toBe("2017-11-08");
  expect(valid("2017-02-29")).toBe(false);
  expect(valid("2016-02-29")).toBe(true);
  expect(valid("8 Nov")).toBe(false);
  expect(clamp("2018-01-01", "2017-01-01", "2017-12-10")).toBe("2017-12-10");
});

test("days are written for people", () => {
  expect(written("2017-11-08")).toBe("8 Nov 2017");
  expect(written(null)).toBe("undated");
  expect(span("2017-11-08", "2017-11-11")).toBe("8–11 Nov 2017");
  expect(span("2017-10-30", "2017-11-11")).toBe("30 Oct – 11 Nov 2017");
  expect(span("2016-12-30", "2017-01-02")).toBe("30 Dec 2016 – 2 Jan 2017");
});

test("months are thinned", () => {
  expect(monthStarts("2017-09-05", "2017-12-10", 12)).toEqual(["2017-10-01", "2017-11-01", "2017-12-01"]);
  expect(monthStarts("1990-01-01", "2020-01-01", 12).length).toBeLessThanOrEqual(12);
});
