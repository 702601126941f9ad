// What the page shows, and the address that says so. Everything a reader can choose is here, so a link brings the same page back.

import { valid } from "../time/days";

export const panels = [
  "situation", "disputes", "dispute", "events", "event", "place", "reports", "report", "sources", "actors", "search", "review",
] as const;
export type Panel = (typeof panels)[number];

export interface View {
  panel: Panel;
  /** What the panel is about: a place, dispute, event, report. */
  id: string | null;
  /** The claim that is picked out in a report. */
  claim: string | null;
  /** The day that is shown; null: the last one. */
  day: string | null;
  /** What was known: all that is known now, what was known on the day itself, or what was known on a certain day. */
  known: "now" | "then" | string;
  /** Events of so many days up to the day are shown. */
  span: number;
  source: string | null;
  /** Groups of events that are left out on the map. */
  without: string[];
  q: string;
  /** Middle of the map and its zoom. */
  at: [number, number, number] | null;
  /** The step of the story that is told; null: it is closed. */
  step: number | null;
}

export const start: View = {
  panel: "situation", id: null, claim: null, day: null, known: "now", span: 7, source: null, without: [], q: "", at: null, step: null,
};

export function read(search: string): View {
  const p = new URLSearchParams(search);
  const known = p.get("known") ?? "now";
  const at = (p.get("map") ?? "").split(",").map(Number);
  const whole = (name: string): number | null => (/^\d{1,4}$/.test(p.get(name) ?? "") ? Number(p.get(name)) : null);
  const panel = panels.find((x) => x === p.get("panel")) ?? start.panel;
  return {
    panel,
    id: p.get("id"),
    claim: p.get("claim"),
    day: valid(p.get("day")) ? p.get("day") : null,
    known: known === "then" || valid(known) ? known : "now",
    span: Math.max(1, whole("span") ?? start.span),
    source: p.get("source") || null,
    without: (p.get("without") ?? "").split(",").filter(Boolean),
    q: p.get("q") ?? "",
    at: at.length === 3 && at.every(Number.isFinite) && Math.abs(at[0]!) <= 180 && Math.abs(at[1]!) <= 85 ? (at as [number, number, number]) : null,
    step: whole("step"),
  };
}

/** The address of a view: only what differs from the start, always in the same order. */
export function write(view: View): string {
  const p: [string, string][] = [];
  if (view.panel !== start.panel) p.push(["panel", view.panel]);
  if (view.id !== null) p.push(["id", view.id]);
  if (view.claim !== null) p.push(["claim", view.claim]);
  if (view.day !== null) p.push(["day", view.day]);
  if (view.known !== start.known) p.push(["known", view.known]);
  if (view.span !== start.span) p.push(["span", String(view.span)]);
  if (view.source !== null) p.push(["source", view.source]);
  if (view.without.length > 0) p.push(["without", view.without.join(",")]);
  if (view.q !== "") p.push(["q", view.q]);
  if (view.at !== null) p.push(["map", view.at.join(",")]);
  if (view.step !== null) p.push(["step", String(view.step)]);
  const text = p.map(([k, v]) => `${k}=${encodeURIComponent(v).replace(/%3A/g, ":").replace(/%2C/g, ",")}`).join("&");
  return text === "" ? "" : `?${text}`;
}
