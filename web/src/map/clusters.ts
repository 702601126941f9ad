// Events that would lie on one another are drawn as one mark with their number.

import type { EventItem } from "../api/types";
import { group, groups, type Group } from "../words/words";
import { mercatorX, mercatorY } from "./camera";

export interface Happening {
  x: number;
  y: number;
  lat: number;
  radius: number;
  group: Group;
  event: EventItem;
}

export interface Cluster {
  x: number;
  y: number;
  lat: number;
  radius: number;
  group: Group;
  events: EventItem[];
}

export function happenings(events: EventItem[]): Happening[] {
  return events.flatMap((event) =>
    typeof event.lat === "number" && typeof event.lon === "number"
      ? [{ x: mercatorX(event.lon), y: mercatorY(event.lat), lat: event.lat, radius: event.radius_km ?? 0, group: group(event.types), event }]
      : [],
  );
}

/** Clusters at a scale (pixels of the world): events of one cell of `cell` pixels lie together, at the place of the first. */
export function clusters(all: Happening[], scale: number, cell = 46): Cluster[] {
  const found = new Map<string, Cluster & { tally: Map<Group, number> }>();
  for (const h of all) {
    const key = `${Math.floor((h.x * scale) / cell)} ${Math.floor((h.y * scale) / cell)}`;
    const c = found.get(key);
    if (c) {
      c.events.push(h.event);
      c.tally.set(h.group, (c.tally.get(h.group) ?? 0) + 1);
      c.radius = Math.max(c.radius, h.radius);
    } else {
      found.set(key, { x: h.x, y: h.y, lat: h.lat, radius: h.radius, group: h.group, events: [h.event], tally: new Map([[h.group, 1]]) });
    }
  }
  return [...found.values()].map(({ tally, ...c }) => ({
    ...c,
    group: groups.reduce((best, g) => ((tally.get(g) ?? 0) > (tally.get(best) ?? 0) ? g : best), c.group),
  }));
}
