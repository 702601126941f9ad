// How a holder looks: a colour and a shape, so that neither is needed to tell two apart. The same outlines serve the map, the legend and the panels.

import type { Changes, Status } from "../api/types";

export const shapes = ["circle", "square", "diamond", "triangle", "hexagon", "wedge", "pentagon", "cross"] as const;
export type Shape = (typeof shapes)[number];

/** `colour` counts the palette of the style sheet (`--h0` … `--h7`); -1 is nobody's grey. */
export interface Mark {
  colour: number;
  shape: Shape;
}

export const nobody: Mark = { colour: -1, shape: "circle" };

export const holderKey = (x: { actor: string | null; holder: string | null }): string | null => x.actor ?? x.holder;

export interface Holder {
  key: string;
  name: string;
  mark: Mark;
  places: number;
}

/** Marks for all holders of a ledger: those of most places first, so that they keep their marks on every day. */
export function assign(changes: Changes[]): Map<string, Holder> {
  const found = new Map<string, { name: string; places: Set<string> }>();
  for (const { place, segments } of changes)
    for (const s of segments) {
      const key = holderKey(s);
      if (key === null) continue;
      const entry = found.get(key) ?? found.set(key, { name: s.holder ?? key, places: new Set() }).get(key)!;
      entry.places.add(place.id);
    }
  const order = [...found].sort(([a, x], [b, y]) => y.places.size - x.places.size || (a < b ? -1 : 1));
  return new Map(order.map(([key, { name, places }], i) => [key, { key, name, places: places.size, mark: nth(i) }]));
}

/** The mark of who holds a place, and the colour of who contends with it. */
export function marksOf(holders: Map<string, Holder>, h: { actor?: string | null; holder: string | null }, second: { actor: string | null; answer: string } | null): { mark: Mark; second: number } {
  const find = (key: string | null | undefined, name: string | null) => (key ? holders.get(key) : undefined) ?? [...holders.values()].find((x) => x.name === name);
  return { mark: find(h.actor, h.holder)?.mark ?? nobody, second: (second && find(second.actor, second.answer)?.mark.colour) ?? -1 };
}

/** The nth mark; shapes shift by one with each round of the colours, so that 64 differ. */
export function nth(i: number): Mark {
  return { colour: i % 8, shape: shapes[(i + Math.floor(i / 8)) % 8]! };
}

/** The outline of a shape around 0, 0 as an SVG path; areas are alike, so that none looks weightier. */
export function outline(shape: Shape, r: number): string {
  const n = (x: number) => Math.round(x * 100) / 100;
  const polygon = (corners: number, radius: number, turn: number) =>
    Array.from({ length: corners }, (_, i) => {
      const a = turn + (i * 2 * Math.PI) / corners;
      return `${i === 0 ? "M" : "L"}${n(radius * Math.sin(a))} ${n(-radius * Math.cos(a))}`;
    }).join("") + "Z";
  switch (shape) {
    case "circle":
      return `M${n(-r)} 0A${n(r)} ${n(r)} 0 1 0 ${n(r)} 0A${n(r)} ${n(r)} 0 1 0 ${n(-r)} 0Z`;
    case "square":
      return polygon(4, r * 1.25, Math.PI / 4);
    case "diamond":
      return polygon(4, r * 1.25, 0);
    case "triangle":
      return polygon(3, r * 1.45, 0);
    case "wedge":
      return polygon(3, r * 1.45, Math.PI);
    case "hexagon":
      return polygon(6, r * 1.1, Math.PI / 6);
    case "pentagon":
      return polygon(5, r * 1.15, 0);
    case "cross": {
      const [a, b] = [n(r * 1.15), n(r * 0.45)];
      return `M${-b} ${-a}H${b}V${-b}H${a}V${b}H${b}V${a}H${-b}V${b}H${-a}V${-b}H${-b}Z`;
    }
  }
}

/** How strongly a mark is painted: the surer, the fuller. The steps are those of `sure`. */
export function strength(status: Status, chance: number): number {
  if (status === "contested") return 0.95;
  if (chance >= 0.95) return 1;
  if (chance >= 0.8) return 0.72;
  if (chance >= 0.6) return 0.48;
  return 0.3;
}
