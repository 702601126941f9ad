// Search over claims, reports, places, actors and sources.

import { useEffect, useState } from "preact/hooks";
import type { Found, Hit } from "../api/types";
import { path } from "../api/client";
import { Answered, cut, Empty, To } from "../parts/bits";
import { about, go, useAnswer, useView } from "../state/store";
import type { View } from "../state/view";
import { written } from "../time/days";

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
      <Hits title="Places" hits={found.places} to={(h) => about("place", h.id)} />
      <Hits title="Actors" hits={found.actors} to={() => about("actors")} />
      <Hits title="Sources" hits={found.sources} to={(h) => about("sources", null, { source: name(h) })} />
      <Hits title="Claims" hits={found.claims} to={(h) => about("report", null, { claim: h.id })} />
      <Hits title="Reports" hits={found.reports} to={(h) => about("report", h.hash ?? h.id)} />
    </>
  );
}

const name = (h: Hit): string => h.name ?? h.title ?? h.text ?? h.quote ?? h.id;

function Hits({ title, hits, to }: { title: string; hits: Hit[]; to: (hit: Hit) => Partial<View> }) {
  if (hits.length === 0) return null;
  return (
    <section>
      <h3>{title}</h3>
      <ul class="plain rows">
        {hits.slice(0, 40).map((h, i) => (
          <li key={`${h.id}${i}`} class="row"><div>
            <To patch={to(h)}><span dir="auto"><Ranges text={h.text ?? h.quote ?? h.name ?? h.title ?? h.id} ranges={h.ranges ?? []} /></span></To>
            {(h.day ?? h.published ?? h.source) && <p class="muted small" dir="auto">{[h.source, (h.day ?? h.published) && written(h.day ?? h.published)].filter(Boolean).join(", ")}</p>}
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
