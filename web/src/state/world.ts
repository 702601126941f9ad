// What all parts of the page share about the day that is shown: who holds what, what is disputed, what happened.

import { useEffect, useMemo, useState } from "preact/hooks";
import type { Changes, Dispute, EventItem, Holding, List, Meta } from "../api/types";
import { get, path, type Failure } from "../api/client";
import { assign, type Holder } from "../map/marks";
import { disputedPlaces, ground, open, spots, type Ground } from "../map/scene";
import type { Spot } from "../map/overlay";
import { add, clamp } from "../time/days";
import { group } from "../words/words";
import { ledgerRevision, useAnswer, useView } from "./store";

export interface World {
  meta: Meta;
  first: string;
  last: string;
  /** The day that is shown, and what was known: `knownAt` null is all that is known. */
  day: string;
  knownAt: string | null;
  /** The same, once the slider rests: what panels ask the server for. */
  slow: { day: string; knownAt: string | null };
  ground: Ground[];
  spots: Spot[];
  holders: Map<string, Holder>;
  holderNames: Map<string, string>;
  disputes: Dispute[];
  openDisputes: Dispute[];
  disputed: Set<string>;
  /** All events, and those of the days chosen that pass the filters. */
  events: EventItem[];
  shownEvents: EventItem[];
  waiting: boolean;
  error: Failure | null;
}

/** How long the slider rests before the server is asked about a day, in milliseconds. */
const REST = 160;

function useResting<T>(value: T, key: string): T {
  const [rested, set] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => set(value), REST);
    return () => clearTimeout(timer);
  }, [key]);
  return rested;
}

/** All pages of a list, one after the other. */
async function all<T>(name: string, query: Record<string, string | null>): Promise<T[]> {
  const found: T[] = [];
  let cursor: string | null = null;
  do {
    const page: List<T> = await get<List<T>>(path(name, { ...query, limit: 1000, cursor }));
    found.push(...page.items);
    cursor = page.next;
  } while (cursor !== null && found.length < 200_000);
  return found;
}

/** A whole list; the one before stays while the next is on its way. */
export function useAll<T>(name: string, query: Record<string, string | null>): { items: T[] | null; of: string; error: Failure | null } {
  useView();
  const key = `${ledgerRevision()} ${path(name, query)}`;
  const [answer, set] = useState<{ items: T[] | null; of: string; error: Failure | null }>({ items: null, of: "", error: null });
  useEffect(() => {
    let wanted = true;
    all<T>(name, query).then(
      (items) => wanted && set({ items, of: key, error: null }),
      (error: Failure) => wanted && set({ items: null, of: key, error }),
    );
    return () => void (wanted = false);
  }, [key]);
  return answer;
}

export function useWorld(): { world: World | null; error: Failure | null } {
  const view = useView();
  const meta = useAnswer<Meta>("/meta");
  const first = meta.data?.days?.first ?? "2000-01-01";
  const last = meta.data?.days?.last ?? first;
  const day = clamp(view.day ?? last, first, last);
  const knownAt = view.known === "now" ? null : view.known === "then" ? day : view.known;
  const slow = useResting({ day, knownAt }, `${day} ${knownAt}`);

  // One request feeds the slider; holders keep their marks whatever was known.
  const changes = useAll<Changes>("/control/changes", { from: first, to: last });
  const dated = view.known !== "now" && view.known !== "then" ? view.known : null;
  const known = useAll<Changes>("/control/changes", { from: first, to: last, known_at: dated });
  const exact = useAll<Holding>("/control", { as_of: slow.day, known_at: slow.knownAt });
  const disputeList = useAll<Dispute>("/disputes", view.known === "then" ? { as_of: slow.day, known_at: slow.knownAt } : { known_at: dated });
  const eventList = useAll<EventItem>("/events", {});

  const holders = useMemo(() => assign(changes.items ?? []), [changes.items]);
  const grounds = useMemo(() => ground(known.items ?? changes.items ?? []), [known.items, changes.items]);
  const disputes = disputeList.items ?? [];
  const openDisputes = useMemo(() => disputes.filter((d) => open(d, day) && told(d, view.source)).sort((a, b) => (a.opened < b.opened ? 1 : -1)), [disputes, day, view.source]);
  const disputed = useMemo(() => disputedPlaces(disputes, day), [disputes, day]);
  const answered = path("/control", { as_of: day, known_at: knownAt });
  const fits = exact.items !== null && exact.of.endsWith(` ${answered}`);
  const exactly = useMemo(() => new Map((exact.items ?? []).map((h) => [h.place.id, h])), [exact.items]);
  // While the slider moves, segments say enough; once it rests, the server's answer says how sure it is. What was known on each day only the server
  // knows, so there the last answer stays until the next one comes.
  const shownSpots = useMemo(
    () => spots(grounds, day, fits || (view.known === "then" && exact.items !== null) ? exactly : null, holders, disputed),
    [grounds, day, fits, exactly, holders, disputed, view.known],
  );
  const holderNames = useMemo(() => {
    const names = new Map<string, string>();
    for (const g of grounds) {
      const name = (fits ? exactly.get(g.changes.place.id)?.holder : undefined) ?? g.changes.segments.find((s) => s.from <= day && day <= s.to)?.holder;
      if (name) names.set(g.changes.place.id, name);
    }
    return names;
  }, [grounds, fits, exactly, day]);

  const events = eventList.items ?? [];
  const from = add(day, 1 - view.span);
  const shownEvents = useMemo(
    () => events.filter((e) => e.days[1] >= from && e.days[0] <= day && !view.without.includes(group(e.types)) && toldEvent(e, view.source) && (knownAt === null || knownBy(e, knownAt))),
    [events, from, day, view.without, view.source, knownAt],
  );

  const error = meta.error ?? changes.error;
  if (!meta.data || (changes.items === null && !error)) return { world: null, error };
  return {
    world: {
      meta: meta.data, first, last, day, knownAt, slow, ground: grounds, spots: shownSpots, holders, holderNames, disputes, openDisputes, disputed, events, shownEvents,
      waiting: !fits, error: exact.error ?? disputeList.error ?? eventList.error,
    },
    error,
  };
}

/** Whether a source has a say in a dispute. */
export function told(d: Dispute, source: string | null): boolean {
  return source === null || d.sides.some((s) => s.told_by.some((t) => t.source === source || t.outlet === source));
}

export function toldEvent(e: EventItem, source: string | null): boolean {
  return source === null || [...e.told_by, ...e.denied_by].some((t) => t.source === source || t.outlet === source);
}

function knownBy(e: EventItem, day: string): boolean {
  return [...e.told_by, ...e.denied_by].some((t) => t.known !== null && t.known <= day);
}
