// One place: who held it over time as a strip of probabilities, with every claim on it.

import type { Evidence, PlaceControl } from "../api/types";
import { path } from "../api/client";
import { useRef } from "preact/hooks";
import { Answered, Behind, Empty, Marked, To } from "../parts/bits";
import { MarkIcon } from "../parts/mark";
import { about, go, useAnswer } from "../state/store";
import type { World } from "../state/world";
import { contenders, holderChance } from "../map/scene";
import { marksOf } from "../map/marks";
import { show } from "../map/map";
import { day as dayOf, number, written } from "../time/days";
import { many, percent, saysWords } from "../words/words";
import { DisputeRow, holdingWords } from "./situation";

export function PlacePanel({ world, id }: { world: World; id: string }) {
  const now = useAnswer<PlaceControl>(path(`/control/${encodeURIComponent(id)}`, { as_of: world.slow.day, known_at: world.slow.knownAt }));
  // The strip shows all days of which something could be known, whichever is looked at.
  const whole = useAnswer<PlaceControl>(path(`/control/${encodeURIComponent(id)}`, { as_of: world.slow.knownAt ?? world.last, known_at: world.slow.knownAt }));
  // What is said must be of the days that the answer is of, also while the next one is on its way.
  const of = useRef(world.slow);
  if (!now.waiting) of.current = world.slow;
  const place = world.ground.find((g) => g.changes.place.id === id)?.changes.place;
  if (now.error?.status === 404 && place) {
    return (
      <>
        <p class="kicker">Place</p>
        <h2 dir="auto">{place.name}</h2>
        <Empty>Nothing {world.knownAt ? "had been" : "is"} reported of who holds it by {written(world.day)}{world.knownAt ? ` as known on ${written(world.knownAt)}` : ""}.</Empty>
      </>
    );
  }
  return (
    <Answered answer={now} what="this place">
      {(p) => <One now={p} of={of.current} whole={whole.data ?? p} world={world} />}
    </Answered>
  );
}

function One({ now, of, whole, world }: { now: PlaceControl; of: World["slow"]; whole: PlaceControl; world: World }) {
  const { place } = now;
  const disputes = world.disputes.filter((d) => d.about.includes(place.name) && d.opened <= world.day);
  const until = now.evidence.filter((e) => e.day <= of.day);
  return (
    <article class="place">
      <p class="kicker">{place.kind ?? "Place"}{place.country ? ` in ${countryName(place.country)}` : ""}</p>
      <h2 dir="auto">{place.name}</h2>
      <p class="lead">
        <MarkIcon {...marksOf(world.holders, now, contenders(now.chances)[1])} status={now.status} chance={holderChance(now) ?? 0} />{" "}
        On {written(of.day)}{of.knownAt ? `, as known on ${written(of.knownAt)}` : ""}: {holdingWords(now, holderChance(now) ?? 0)}
        {now.since ? ` since ${written(now.since)}` : ""}.
        {world.disputed.has(place.name) && <span class="flag">sources disagree</span>}
      </p>
      <p class="actions">
        {typeof place.lat === "number" && typeof place.lon === "number" && <button type="button" onClick={() => show?.(place.lon!, place.lat!, 7)}>Show on the map</button>}
      </p>
      <Strip whole={whole} world={world} />
      {disputes.length > 0 && <><h3>Disputes about it</h3><ul class="plain rows">{disputes.map((d) => <DisputeRow key={d.id} dispute={d} />)}</ul></>}
      <h3>{many(until.length, "claim")} until {written(of.day)}</h3>
      {until.length === 0 && <Empty>None.</Empty>}
      <ol class="plain evidence">{[...until].reverse().map((e) => <EvidenceRow key={`${e.claim}${e.says}${e.day}`} e={e} />)}</ol>
      <Behind title="Control over time" head={["From", "To", "Status", "Holder"]} rows={() => whole.timeline.map((s) => [s.from, s.to, s.status, s.holder ?? ""])} />
    </article>
  );
}

function countryName(code: string): string {
  try {
    return new Intl.DisplayNames(["en"], { type: "region" }).of(code) ?? code;
  } catch {
    return code;
  }
}

function EvidenceRow({ e }: { e: Evidence }) {
  return (
    <li class={e.repeated || e.echo ? "again" : undefined}>
      <p class="small">
        <time dateTime={e.day}>{written(e.day)}</time> <b dir="auto">{e.source}</b>{e.outlet && <span class="muted" dir="auto"> in {e.outlet}</span>}:{" "}
        {e.says === "fought" ? "fighting there" : <>{e.holder ?? "somebody"} {saysWords[e.says] ?? e.says}</>}
        <span class="muted" title="How far such a claim by such a source is believed before others are heard"> believed {percent(e.believed)}</span>
        {e.echo && <span class="kind" title="Its side says the same already">echo</span>}
        {e.repeated && <span class="kind" title="This source said so before">said again</span>}
        {e.known !== e.day && <span class="muted">, reported {written(e.known)}</span>}
      </p>
      {e.quote && <blockquote dir="auto"><To patch={about("report", e.report ?? null, { claim: e.claim })}><Marked text={e.quote} span={e.trigger} /></To></blockquote>}
      {!e.quote && <To patch={about("report", null, { claim: e.claim })} class="small">Read it in its report</To>}
    </li>
  );
}

const W = 420, H = 96;

/** Chances of each holder for each day, stacked; claims as ticks below, those for the likeliest holder up, those against it down. */
function Strip({ whole, world }: { whole: PlaceControl; world: World }) {
  const stretches = whole.daily?.length ? whole.daily : whole.timeline.map((s) => ({ from: s.from, to: s.to, chances: [{ answer: s.holder ?? "other", actor: s.actor, chance: 1 }] }));
  if (stretches.length === 0) return null;
  const first = stretches[0]!.from < world.first ? world.first : stretches[0]!.from;
  const a = number(first), days = Math.max(1, number(world.last) - a + 1);
  const x = (d: string, end = false) => (Math.max(0, number(d) - a + (end ? 1 : 0)) / days) * W;
  const keys = [...new Map(stretches.flatMap((s) => s.chances).map((c) => [c.actor ?? c.answer, c])).entries()]
    .sort(([k], [l]) => order(k) - order(l) || total(stretches, l) - total(stretches, k));
  const fill = (k: string) => {
    if (k === "contested") return "url(#strip-contested)";
    const mark = world.holders.get(k)?.mark;
    return mark ? `var(--h${mark.colour})` : "var(--faint)";
  };
  const ticks = whole.evidence.filter((e) => e.day >= first);
  const stacks = ticks.reduce((m, e) => m.set(e.day, [...(m.get(e.day) ?? []), e]), new Map<string, Evidence[]>());
  const pick = (event: MouseEvent) => {
    const box = (event.currentTarget as SVGElement).getBoundingClientRect();
    const d = dayOf(a + Math.min(days - 1, Math.floor(((event.clientX - box.left) / box.width) * days)));
    go({ day: d === world.last ? null : d });
  };
  return (
    <figure class="strip">
      <figcaption class="small muted">Who held it, by chance per day, {world.slow.knownAt ? `as known on ${written(world.slow.knownAt)}` : "as known today"}; each dot is a claim. Press to go to a day.</figcaption>
      <svg viewBox={`0 0 ${W} ${H + 40}`} onClick={pick} shape-rendering="crispEdges" role="img" aria-label={`Control of ${whole.place.name} over time; the table below says the same`}>
        <defs>
          <pattern id="strip-contested" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
            <rect width="6" height="6" fill="var(--faint)" /><rect width="2.4" height="6" fill="var(--accent)" />
          </pattern>
        </defs>
        {stretches.map((s) => {
          let top = 0;
          return keys.map(([k]) => {
            const chance = s.chances.find((c) => (c.actor ?? c.answer) === k)?.chance ?? 0;
            const y = top * H;
            top += chance;
            if (chance < 0.004 || s.to < first) return null;
            return <rect key={`${s.from}${k}`} x={x(s.from)} width={x(s.to, true) - x(s.from) + 0.3} y={y} height={chance * H} fill={fill(k)} />;
          });
        })}
        <line class="axis" x1={0} x2={W} y1={H + 0.5} y2={H + 0.5} />
        {[...stacks].map(([d, list]) => list.slice(0, 5).map((e, i) => (
          <circle key={e.claim + e.says} cx={(x(d) + x(d, true)) / 2} cy={H + 7 + i * 6} r={2.6} fill={e.says === "fought" || !e.holder ? "var(--muted)" : fill(whole.chances.find((c) => c.answer === e.holder)?.actor ?? nameKey(world, e.holder))} class={e.says.endsWith("-not") ? "denied" : undefined}>
            <title>{`${written(d)}: ${e.source} says ${e.holder ?? ""} ${saysWords[e.says] ?? e.says}`}</title>
          </circle>
        )))}
        <path class="now" d={`M${(x(world.day) + x(world.day, true)) / 2} 0V${H + 38}`} />
      </svg>
      <p class="small strip-ends"><span class="muted">{written(first)}</span><span class="muted">{written(world.last)}</span></p>
      <ul class="plain keys small">
        {keys.filter(([k]) => total(stretches, k) > 0.02 * days || world.holders.has(k)).slice(0, 6).map(([k, c]) => (
          <li key={k}><svg class="swatch" viewBox="0 0 12 12" aria-hidden="true"><rect width="12" height="12" fill={fill(k)} /></svg> <span dir="auto">{c.answer}</span></li>
        ))}
      </ul>
    </figure>
  );
}

/** Holders first, then what is between them, then the rest. */
const order = (k: string): number => (k === "contested" ? 1 : k === "other" ? 2 : 0);

const total = (stretches: NonNullable<PlaceControl["daily"]>, k: string): number =>
  stretches.reduce((sum, s) => sum + (s.chances.find((c) => (c.actor ?? c.answer) === k)?.chance ?? 0) * (number(s.to) - number(s.from) + 1), 0);

const nameKey = (world: World, name: string): string => [...world.holders.values()].find((h) => h.name === name)?.key ?? name;

