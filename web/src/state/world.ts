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
  /** Whether the ledger is too large to be read whole. */
  big: boolean;
  ground: Ground[];
  spots: Spot[];
  holders: Map<string, Holder>;
  disputes: Dispute[];
  openDisputes: Dispute[];
  disputed: Set<string>;
  /** All events, and those of the days chosen that pass the filters. */
  events: EventItem[];
  shownEvents: EventItem[];
  waiting: boolean;
  error: Failure | null;
}

/** Claims of a ledger that is small enough to be read whole. */
const MANY = 5000;

/** Events that are drawn and listed at most. */
const MOST_EVENTS = 5000;

/** How long the slider rests before the server is asked about a day, in milliseconds; the first day is asked for at once. */
const REST = 160;

function useResting<T>(value: T, key: string, still: boolean): T {
  const [rested, set] = useState<T | null>(null);
  useEffect(() => {
    if (still) return;
    const timer = setTimeout(() => set(value), REST);
    return () => clearTimeout(timer);
  }, [key, still]);
  return rested ?? value;
}

/** All pages of a list, one after the other, until there are `most` items. Changes come whole. */
async function all<T>(name: string, query: Record<string, string | null>, most: number): Promise<T[]> {
  const found: T[] = [];
  let cursor: string | null = null;
  do {
    const page: List<T> = await get<List<T>>(path(name, name === "/control/changes" ? query : { ...query, limit: 1000, cursor }));
    found.push(...page.items);
    cursor = page.next;
  } while (cursor !== null && found.length < most);
  return found;
}

/** A whole list; the one before stays while the next is on its way. Nothing is asked while `query` is null. */
export function useAll<T>(name: string, query: Record<string, string | null> | null, most = 200_000): { items: T[] | null; of: string; error: Failure | null } {
  useView();
  const key = query && `${ledgerRevision()} ${path(name, query)}`;
  const [answer, set] = useState<{ items: T[] | null; of: string; error: Failure | null }>({ items: null, of: "", error: null });
  useEffect(() => {
    if (query === null || key === null) return;
    let wanted = true;
    all<T>(name, query, most).then(
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
  const slow = useResting({ day, knownAt }, `${day} ${knownAt}`, meta.data === null);

  const told = meta.data !== null;
  // One request feeds the slider; holders keep their marks whatever was known.
  const changes = useAll<Changes>("/control/changes", told ? { from: first, to: last } : null);
  const dated = view.known !== "now" && view.known !== "then" ? view.known : null;
  const known = useAll<Changes>("/control/changes", told ? { from: first, to: last, known_at: dated } : null);
  const exact = useAll<Holding>("/control", told ? { as_of: slow.day, known_at: slow.knownAt } : null);
  const disputeList = useAll<Dispute>("/disputes", !told ? null : view.known === "then" ? { as_of: slow.day, known_at: slow.knownAt } : { known_at: dated });
  // A ledger of many claims has more events than a page should hold: then only those of the days chosen are asked for.
  const big = (meta.data?.ledger.claims ?? 0) > MANY;
  const eventList = useAll<EventItem>("/events", !told ? null : big ? { from: add(slow.day, 1 - view.span), to: slow.day } : {}, MOST_EVENTS);

  const holders = useMemo(() => assign(changes.items ?? []), [changes.items]);
  const grounds = useMemo(() => ground(known.items ?? changes.items ?? []), [known.items, changes.items]);
  const disputes = disputeList.items ?? [];
  const openDisputes = useMemo(() => disputes.filter((d) => open(d, day) && hasSay(d, view.source)).sort((a, b) => (a.opened < b.opened ? 1 : -1)), [disputes, day, view.source]);
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
      meta: meta.data, first, last, day, knownAt, slow, big, ground: grounds, spots: shownSpots, holders, disputes, openDisputes, disputed, events, shownEvents,
      waiting: !fits, error: exact.error ?? disputeList.error ?? eventList.error,
    },
    error,
  };
}

/** Whether a source has a say in a dispute. */
export function hasSay(d: Dispute, source: string | null): boolean {
  return source === null || d.sides.some((s) => s.told_by.some((t) => t.source === source || t.outlet === source));
}

export function toldEvent(e: EventItem, source: string | null): boolean {
  return source === null || [...e.told_by, ...e.denied_by].some((t) => t.source === source || t.outlet === source);
}

function knownBy(e: EventItem, day: string): boolean {
  return [...e.told_by, ...e.denied_by].some((t) => t.known !== null && t.known <= day);
}
