// Events across reports: the list of the days chosen, and one event with its tellings side by side.

import type { EventItem } from "../api/types";
import { path } from "../api/client";
import { Answered, Behind, Empty, Quote, To } from "../parts/bits";
import { about, go, useAnswer, useView } from "../state/store";
import type { World } from "../state/world";
import { show } from "../map/map";
import { signs } from "../map/overlay";
import { add, span, written } from "../time/days";
import { group, groupWords, many, range, tollWords } from "../words/words";

export function EventsPanel({ world }: { world: World }) {
  const view = useView();
  const q = view.q.toLowerCase();
  const list = world.shownEvents.filter((e) => q === "" || e.places.some((p) => p.toLowerCase() === q) || e.text.toLowerCase().includes(q));
  return (
    <>
      <h2>Events, {span(add(world.day, 1 - view.span) < world.first ? world.first : add(world.day, 1 - view.span), world.day)}</h2>
      <label class="filter">Narrow down <input type="search" value={view.q} placeholder="place or word" onInput={(e) => go({ q: (e.target as HTMLInputElement).value }, "replace")} /></label>
      {list.length === 0 && <Empty>No event in these days{view.q ? ` for “${view.q}”` : ""}. Choose more days below the map.</Empty>}
      <ul class="plain rows">{[...list].reverse().slice(0, 300).map((e) => <EventRow key={e.id} event={e} />)}</ul>
      {list.length > 300 && <p class="muted">{list.length - 300} more; narrow the list down.</p>}
    </>
  );
}

export function EventRow({ event: e }: { event: EventItem }) {
  return (
    <li class="row">
      <svg class="mark" viewBox="-7 -7 14 14" role="img" aria-label={groupWords[group(e.types)]}><path d={signs[group(e.types)]} class="sign" /></svg>
      <div>
        <To patch={about("event", e.id)}><span dir="auto">{e.text}</span></To>
        <p class="muted small">{e.dated ? span(e.days[0], e.days[1]) : `undated, told ${written(e.days[1])}`} · {many(e.told_by.length + e.denied_by.length, "voice")}
          {Object.entries(e.tolls).map(([what, [min, max]]) => ` · ${range(min, max)} ${tollWords[what] ?? what}`)}
          {e.denied_by.length > 0 && <span class="flag">denied by {e.denied_by[0]!.source}</span>}</p>
      </div>
    </li>
  );
}

export function EventPanel({ world, id }: { world: World; id: string }) {
  const here = world.events.find((e) => e.id === id) ?? null;
  const answer = useAnswer<EventItem>(here ? null : path(`/events/${encodeURIComponent(id)}`));
  if (here) return <One event={here} />;
  return <Answered answer={answer} what="this event">{(e) => <One event={e} />}</Answered>;
}

function One({ event: e }: { event: EventItem }) {
  const counted = e.accounts.filter((a) => a.tolls.length > 0);
  const what = [...new Set(counted.flatMap((a) => a.tolls.map((t) => t[0])))];
  return (
    <article class="event">
      <p class="kicker">{groupWords[group(e.types)]}</p>
      <h2 dir="auto">{e.text}</h2>
      <p class="lead">{e.dated ? span(e.days[0], e.days[1]) : `No source dates it; told by ${written(e.days[1])}`}{e.places.length ? `, ${e.places.slice(0, 3).join(", ")}` : ", place unknown"}. {many(e.reports.length, "report")}.
        {typeof e.radius_km === "number" && e.radius_km > 0 ? ` Somewhere within ${e.radius_km} km.` : ""}</p>
      <p class="actions">
        <button type="button" onClick={() => go({ day: e.days[1] })}>Go to {written(e.days[1])}</button>
        {typeof e.lat === "number" && typeof e.lon === "number" && <button type="button" onClick={() => show?.(e.lon!, e.lat!, 7)}>Show on the map</button>}
      </p>
      {what.length > 0 && <Tolls event={e} what={what} />}
      <div class={e.denied_by.length > 0 ? "two" : undefined}>
        <section class="side side0">
          <h3>{e.denied_by.length > 0 ? "Told by" : "Tellings"}</h3>
          {e.told_by.map((t) => <Quote key={t.claim} of={t} />)}
        </section>
        {e.denied_by.length > 0 && <section class="side side1"><h3>Denied by</h3>{e.denied_by.map((t) => <Quote key={t.claim} of={t} />)}</section>}
      </div>
      <Behind title="Accounts" head={["Source", "Days", "Places", "Numbers", "Denies"]}
        rows={() => e.accounts.map((a) => [a.source, a.days ? span(a.days[0], a.days[1]) : "undated", a.places.join(", "), a.tolls.map((t) => `${range(t[1], t[2])} ${tollWords[t[0]] ?? t[0]}`).join(", "), a.denies ? "yes" : ""])} />
    </article>
  );
}

/** Numbers by source, as bars of one scale. */
function Tolls({ event: e, what }: { event: EventItem; what: string[] }) {
  const rows = [...new Map(e.accounts.flatMap((a) => a.tolls.map((t) => [`${a.source} ${t.join()}`, { source: a.source, what: t[0], min: t[1], max: t[2] }] as const))).values()];
  const most = Math.max(1, ...rows.map((r) => r.max ?? r.min ?? 0));
  return (
    <section>
      <h3>Numbers by source</h3>
      {what.map((w) => (
        <table key={w} class="tolls">
          <caption>{tollWords[w] ?? w}</caption>
          <tbody>
            {rows.filter((r) => r.what === w).map((r, i) => (
              <tr key={i}>
                <th scope="row" dir="auto">{r.source}</th>
                <td class="number">{range(r.min, r.max)}</td>
                <td class="bars" aria-hidden="true"><svg viewBox="0 0 100 8" preserveAspectRatio="none">
                  <rect class="bar" width={((r.min ?? 0) / most) * 100} height="8" />
                  <rect class="bar open" x={((r.min ?? 0) / most) * 100} width={(((r.max ?? r.min ?? 0) - (r.min ?? 0)) / most) * 100} height="8" />
                </svg></td>
              </tr>
            ))}
          </tbody>
        </table>
      ))}
    </section>
  );
}
