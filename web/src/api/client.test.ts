import { expect, test } from "vitest";
import { additions } from "./client";

test("additions are told whole, however the stream is cut", () => {
  const stream = 'event: ledger\nid: 1\ndata: {"revision":"1"}\n\n: still here\n\nevent: other\ndata: x\n\nevent:ledger\ndata:{"revision":"2"}\n\n';
  for (const size of [1, 7, stream.length]) {
    const told: [string, string | null][] = [];
    const take = additions((now, before) => told.push([now, before]));
    for (let at = 0; at < stream.length; at += size) take(stream.slice(at, at + size));
    expect(told).toEqual([
      ['{"revision":"1"}', null],
      ['{"revision":"2"}', '{"revision":"1"}'],
    ]);
  }
});
