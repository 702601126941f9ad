// Where sources contradict one another: the list, and one dispute with both sides in their own words.

import type { Dispute } from "../api/types";
import { path } from "../api/client";
import { Answered, Behind, Empty, Quote, To } from "../parts/bits";
import { about, go, useAnswer, useView } from "../state/store";
import { open } from "../map/scene";
import { hasSay, type World } from "../state/world";
import { written } from "../time/days";
import { many, questionWords, resolutionWords } from "../words/words";
import { DisputeRow } from "./situation";

export function DisputesPanel({ world }: { world: World }) {
  const view = useView();
  const closed = world.disputes.filter((d) => !open(d, world.day) && d.opened <= world.day && hasSay(d, view.source));
  const later = world.disputes.filter((d) => d.opened > world.day && hasSay(d, view.source));
  return (
    <>
      <h2>Disputes on {written(world.day)}</h2>
      <p class="lead">Where sources contradict one another. Neither side is called right here until later reports settle it.</p>
      <h3>Open</h3>
      {world.openDisputes.length === 0 && <Empty>No open dispute on this day{view.source ? ` in which ${view.source} has a say` : ""}.</Empty>}
      <Some of={world.openDisputes} />
      {closed.length > 0 && <><h3>Settled by then</h3><Some of={closed} /></>}
      {later.length > 0 && <><h3>Still to come</h3><Some of={later} /></>}
      <Behind title="Disputes" head={["Opened", "Closed", "Question", "About", "Sides"]}
        rows={() => world.disputes.map((d) => [d.opened, d.closed ?? "open", questionWords[d.question] ?? d.question, d.about.join(", "), d.sides.map((s) => s.told_by.map((t) => t.source).join(", ")).join(" against ")])} />
    </>
  );
}

/** Disputes that are listed under one heading; the table has all. */
const LISTED = 120;

function Some({ of }: { of: Dispute[] }) {
  return (
    <>
      <ul class="plain rows">{of.slice(0, LISTED).map((d) => <DisputeRow key={d.id} dispute={d} />)}</ul>
      {of.length > LISTED && <p class="muted">{of.length - LISTED} more in the table below.</p>}
    </>
  );
}

export function DisputePanel({ world, id }: { world: World; id: string }) {
  const here = world.disputes.find((d) => d.id === id) ?? null;
  const answer = useAnswer<Dispute>(here ? null : path(`/disputes/${encodeURIComponent(id)}`));
  if (here) return <One dispute={here} world={world} />;
  return <Answered answer={answer} what="this dispute">{(d) => <One dispute={d} world={world} />}</Answered>;
}

function One({ dispute: d, world }: { dispute: Dispute; world: World }) {
  const places = d.about.flatMap((name) => world.ground.filter((g) => g.changes.place.name === name).map((g) => g.changes.place));
  return (
    <article class="dispute">
      <p class="kicker">Dispute</p>
      <h2>{questionWords[d.question] ?? d.question} <span dir="auto">{d.about.join(", ")}</span></h2>
      <p class="lead">
        {d.closed === null ? "Open" : "Closed"} since {written(d.closed ?? d.opened)}; opened {written(d.opened)}, {many(d.reports, "report")}.{" "}
        {d.resolution && <b>{resolutionWords[d.resolution.by] ?? `settled by ${d.resolution.by}`}, {written(d.resolution.on)}. </b>}
      </p>
      <p class="actions">
        {places.map((p) => <To key={p.id} patch={about("place", p.id)} class="button">{p.name} over time</To>)}
        {world.day !== d.opened && d.opened >= world.first && <button type="button" onClick={() => go({ day: d.opened })}>Go to {written(d.opened)}</button>}
        {d.resolution?.claim && <To class="button" patch={about("report", null, { claim: d.resolution.claim })}>What settled it</To>}
      </p>
      <div class="two">
        {d.sides.map((side, i) => (
          <section key={i} class={`side side${i}`}>
            <h3><span class="versus" aria-hidden="true">{i === 0 ? "A" : i === 1 ? "B" : "C"}</span> <span dir="auto">{side.says.slice(0, 2).join("; ")}</span>{side.says.length > 2 && <span class="muted small"> and {side.says.length - 2} more</span>}</h3>
            {side.told_by.map((t) => <Quote key={t.claim} of={t} />)}
          </section>
        ))}
      </div>
    </article>
  );
}
