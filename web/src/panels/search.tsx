// Search over claims, reports, places, actors and sources.

import { useEffect, useState } from "preact/hooks";
import type { Found, Hit } from "../api/types";
import { path } from "../api/client";
import { Answered, cut, Empty, To } from "../parts/bits";
import { about, go, useAnswer, useView } from "../state/store";
import type { View } from "../state/view";
import { written } from "../time/days";
import { many, voices } from "../words/words";

/** How long typing rests before the server is asked, in milliseconds. */
const REST = 200;

export function SearchPanel() {
  const view = useView();
  const [asked, setAsked] = useState(view.q);
  useEffect(() => {
    const timer = setTimeout(() => setAsked(view.q), REST);
    return () => clearTimeout(timer);
  }, [view.q]);
  const answer = useAnswer<Found>(asked.trim() === "" ? null : path("/search", { q: asked.trim() }));
  return (
    <>
      <h2>Search</h2>
      {view.q.trim() === "" ? <Empty>Type above: a place, an actor, a source, or words of a report.</Empty> : (
        <Answered answer={answer} what="what was found">{(f) => <Results found={f} q={asked} />}</Answered>
      )}
    </>
  );
}

function Results({ found, q }: { found: Found; q: string }) {
  const empty = [found.places, found.actors, found.sources, found.reports, found.claims].every((l) => l.length === 0);
  if (empty) return <Empty>Nothing found for “{q}”.</Empty>;
  return (
    <>
      <Hits title="Places" hits={found.places} text={(p) => p.name} to={(p) => about("place", p.id)} note={(p) => [p.kind, p.country]} />
      <Hits title="Actors" hits={found.actors} text={(a) => a.name} to={() => about("actors")} note={(a) => [a.kind, many(a.claims, "claim")]} />
      <Hits title="Sources" hits={found.sources} text={(s) => s.name} to={(s) => about("sources", null, { source: s.name })} note={() => []} />
      <Hits title="Claims" hits={found.claims} text={(c) => c.evidence.quote} to={(c) => about("report", c.report.hash, { claim: c.id })} note={(c) => [voices(c), c.known ? written(c.known) : null]} />
      <Hits title="Reports" hits={found.reports} text={(r) => r.title ?? r.source ?? r.id} to={(r) => about("report", r.hash)} note={(r) => [r.title ? r.source : null, written(r.published), r.id]} />
    </>
  );
}

interface HitsProps<T> {
  title: string;
  hits: Hit<T>[];
  text: (item: T) => string;
  to: (item: T) => Partial<View>;
  note: (item: T) => (string | null | undefined)[];
}

function Hits<T>({ title, hits, text, to, note }: HitsProps<T>) {
  if (hits.length === 0) return null;
  return (
    <section>
      <h3>{title}</h3>
      <ul class="plain rows">
        {hits.slice(0, 40).map((h, i) => (
          <li key={i} class="row"><div>
            <To patch={to(h.item)}><span dir="auto"><Ranges text={text(h.item)} ranges={h.ranges} /></span></To>
            <p class="muted small" dir="auto">{note(h.item).filter(Boolean).join(", ")}</p>
          </div></li>
        ))}
      </ul>
    </section>
  );
}

/** A text with the words that were looked for marked, by offsets; never by markup. */
export function Ranges({ text, ranges }: { text: string; ranges: [number, number][] }) {
  const [first, ...rest] = ranges;
  if (!first) return <>{text}</>;
  const [before, marked, after] = cut(text, first[0], first[1]);
  return <>{before}<mark>{marked}</mark><Ranges text={after} ranges={rest.map(([a, b]) => [a - first[1], b - first[1]])} /></>;
}

/** The field in the head of the page. */
export function SearchField() {
  const view = useView();
  return (
    <form role="search" onSubmit={(e) => e.preventDefault()}>
      <input id="search" type="search" placeholder="Search  /" aria-label="Search places, actors, sources, reports" value={view.panel === "search" ? view.q : ""} dir="auto"
        onInput={(e) => {
          const q = (e.target as HTMLInputElement).value;
          go({ ...about("search"), q }, view.panel === "search" ? "replace" : "push");
        }} />
    </form>
  );
}
