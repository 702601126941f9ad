// From answers of the server to what is drawn on a day.

import type { Changes, Chance, Dispute, Holding, Segment, Status } from "../api/types";
import { add } from "../time/days";
import { mercatorX, mercatorY } from "./camera";
import { holderKey, nobody, type Holder } from "./marks";
import type { Spot } from "./overlay";

/** Within so many days a change of hands counts as recent; the server's `changed` says the same. */
const RECENT = 7;

/** Where nothing more exact is known, a status word stands for its threshold. */
const usual: Record<Status, number> = { held: 0.9, contested: 0.5, unclear: 0.5, unknown: 0 };

/** What is drawn of a place whatever the day; made once. */
export interface Ground {
  changes: Changes;
  x: number;
  y: number;
  area: boolean;
}

const areas = new Set(["country", "province", "region", "district", "desert", "river", "area", "governorate", "sea", "valley", "range"]);

export function ground(changes: Changes[]): Ground[] {
  return changes.flatMap((c) => {
    const { lat, lon, kind } = c.place;
    return typeof lat === "number" && typeof lon === "number"
      ? [{ changes: c, x: mercatorX(lon), y: mercatorY(lat), area: areas.has(kind ?? "") }]
      : [];
  });
}

/** The segment of a day, by halving. */
export function at(segments: Segment[], day: string): Segment | null {
  let low = 0, high = segments.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const s = segments[middle]!;
    if (day < s.from) high = middle - 1;
    else if (day > s.to) low = middle + 1;
    else return s;
  }
  return null;
}

/** Whether a dispute was open on a day. */
export const open = (d: Pick<Dispute, "opened" | "closed">, day: string): boolean => d.opened <= day && (d.closed === null || day < d.closed);

/** Places about whose holder sources disagree on a day, by name. */
export function disputedPlaces(disputes: Dispute[], day: string): Set<string> {
  return new Set(disputes.filter((d) => d.question === "control" && open(d, day)).flatMap((d) => d.about));
}

/** The strongest and the second answer that name a holder. */
export function contenders(chances: Chance[]): [Chance | null, Chance | null] {
  const named = chances.filter((c) => c.actor !== null || !["contested", "other", "unknown", "nobody"].includes(c.answer)).sort((a, b) => b.chance - a.chance);
  return [named[0] ?? null, named[1] ?? null];
}

export function spots(
  all: Ground[], day: string, exact: Map<string, Holding> | null, holders: Map<string, Holder>, disputed: Set<string>,
): Spot[] {
  const since = add(day, -RECENT);
  const found: Spot[] = [];
  for (const g of all) {
    const { place, segments } = g.changes;
    const segment = at(segments, day);
    const holding = exact?.get(place.id) ?? null;
    if (exact ? !holding : !segment) continue;
    const status = holding?.status ?? segment!.status;
    const key = holderKey(holding ?? segment!);
    const mark = (key !== null && holders.get(key)?.mark) || nobody;
    const [, second] = contenders(holding?.chances ?? []);
    const secondKey = second && (second.actor ?? second.answer);
    found.push({
      id: place.id,
      name: place.name,
      x: g.x,
      y: g.y,
      lat: place.lat!,
      radius: (place.radius_km ?? 0) > 5 || g.area ? (place.radius_km ?? 0) : 0,
      holder: (holding ?? segment!).holder,
      mark,
      second: (secondKey ? holders.get(secondKey)?.mark.colour : undefined) ?? -1,
      status,
      chance: (holding ? holderChance(holding) : segment!.chance) ?? usual[status],
      changed: holding?.changed ?? (segment!.from > since && segment !== segments[0]),
      disputed: disputed.has(place.name),
      area: g.area,
    });
  }
  return found;
}

export function holderChance(h: Holding): number | null {
  return h.chances.find((c) => (h.actor ? c.actor === h.actor : c.answer === h.holder))?.chance ?? null;
}
