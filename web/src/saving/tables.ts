// What is shown, as files: CSV, GeoJSON and Markdown. Pure; `save.tsx` hands them to the browser.

import type { Dispute, EventItem } from "../api/types";
import type { Ground } from "../map/scene";
import type { Spot } from "../map/overlay";

export type Cell = string | number | null;

/** A field as RFC 4180 has it. What spreadsheets would run as a formula is kept as text. */
export function field(cell: Cell): string {
  let text = cell === null ? "" : String(cell);
  if (typeof cell === "string" && /^[=+\-@\t\r]/.test(text)) text = `'${text}`;
  return /[",\n\r]/.test(text) ? `"${text.replace(/"/g, '""')}"` : text;
}

export function csv(head: string[], rows: Cell[][]): string {
  return [head, ...rows].map((row) => row.map(field).join(",")).join("\r\n") + "\r\n";
}

/** A cell of a Markdown table; nothing in it can end the cell or make markup. */
export function plain(text: string): string {
  return text.replace(/[\\`*_{}[\]()#+!|<>~]/g, "\\$&").replace(/\s+/g, " ");
}

export interface Shown {
  day: string;
  known: string;
  spots: Spot[];
  ground: Ground[];
  disputes: Dispute[];
  events: EventItem[];
}

export const controlHead = ["day", "known", "place", "id", "lat", "lon", "status", "holder", "chance", "disputed", "changed"];

export function controlRows(s: Shown): Cell[][] {
  const places = new Map(s.ground.map((g) => [g.changes.place.id, g.changes.place]));
  return s.spots.map((spot) => {
    const place = places.get(spot.id);
    return [s.day, s.known, spot.name, spot.id, place?.lat ?? null, place?.lon ?? null, spot.status, spot.holder, Math.round(spot.chance * 1000) / 1000, spot.disputed ? "yes" : "no", spot.changed ? "yes" : "no"];
  });
}

export const eventHead = ["id", "from", "to", "dated", "types", "what", "places", "lat", "lon", "told_by", "denied_by"];

export function eventRows(events: EventItem[]): Cell[][] {
  const who = (list: EventItem["told_by"]) => [...new Set(list.map((t) => t.source))].join("; ");
  return events.map((e) => [e.id, e.days[0], e.days[1], e.dated ? "yes" : "no", e.types.join("; "), e.text, e.places.join("; "), e.lat ?? null, e.lon ?? null, who(e.told_by), who(e.denied_by)]);
}

export const disputeHead = ["id", "question", "about", "opened", "closed", "resolution", "side_a", "side_b"];

export function disputeRows(disputes: Dispute[]): Cell[][] {
  const side = (d: Dispute, i: number) => (d.sides[i] ? `${d.sides[i]!.says.join("; ")} (${[...new Set(d.sides[i]!.told_by.map((t) => t.source))].join("; ")})` : "");
  return disputes.map((d) => [d.id, d.question, d.about.join("; "), d.opened, d.closed, d.resolution?.by ?? null, side(d, 0), side(d, 1)]);
}

export function geojson(s: Shown): string {
  const [, , ...rest] = controlHead;
  const features = controlRows(s).filter((r) => typeof r[4] === "number").map((r) => ({
    type: "Feature", geometry: { type: "Point", coordinates: [r[5], r[4]] },
    properties: { day: s.day, known: s.known, ...Object.fromEntries(rest.map((k, i) => [k, r[i + 2]] as const).filter(([k]) => k !== "lat" && k !== "lon")) },
  }));
  const events = s.events.filter((e) => typeof e.lat === "number" && typeof e.lon === "number").map((e) => ({
    type: "Feature", geometry: { type: "Point", coordinates: [e.lon, e.lat] },
    properties: { event: e.id, what: e.text, types: e.types, from: e.days[0], to: e.days[1], dated: e.dated, radius_km: e.radius_km ?? null },
  }));
  return JSON.stringify({ type: "FeatureCollection", features: [...features, ...events] }, null, 1) + "\n";
}

export function markdown(s: Shown): string {
  const table = (head: string[], rows: Cell[][]) =>
    [`| ${head.join(" | ")} |`, `|${head.map(() => "---").join("|")}|`, ...rows.map((r) => `| ${r.map((c) => plain(c === null ? "" : String(c))).join(" | ")} |`)].join("\n");
  const pick = (rows: Cell[][], columns: number[]) => rows.map((r) => columns.map((c) => r[c] ?? null));
  return [
    `# Situation on ${s.day}`, `As known: ${s.known}.`,
    "## Who holds what", table(["place", "status", "holder", "chance", "disputed"], pick(controlRows(s), [2, 6, 7, 8, 9])),
    "## Disputes", table(["question", "about", "opened", "closed", "one side", "the other"], pick(disputeRows(s.disputes), [1, 2, 3, 4, 6, 7])),
    "## Events", table(["from", "to", "what", "places", "told by", "denied by"], pick(eventRows(s.events), [1, 2, 5, 6, 9, 10])),
  ].join("\n\n") + "\n";
}
