// The situation in words: who holds what, what is disputed, what changed, what is expected.

import type { Dispute, Holding, Line, Situation } from "../api/types";
import { path } from "../api/client";
import { Answered, Behind, Empty, Quote, To, Who } from "../parts/bits";
import { MarkIcon } from "../parts/mark";
import type { World } from "../state/world";
import { about, useAnswer } from "../state/store";
import { contenders, holderChance } from "../map/scene";
import { marksOf } from "../map/marks";
import { written } from "../time/days";
import { many, percent, questionWords, sure } from "../words/words";

/** Places that are listed; there may be thousands. */
const HELD = 80;

export function SituationPanel({ world }: { world: World }) {
  const answer = useAnswer<Situation>(path("/sitrep", { as_of: world.slow.day, known_at: world.slow.knownAt }));
  return (
    <Answered answer={answer} what="the situation">
      {(s) => (
        <>
          <h2>The situation on {written(s.as_of)}</h2>
          <p class="lead">{summary(s.control, world.openDisputes.length)} {s.known_at ? `As it could be known on ${written(s.known_at)}.` : ""}</p>
          <section>
            <h3>Who holds what</h3>
            {s.control.length === 0 && <Empty>No place has a known holder on this day.</Empty>}
            <ul class="plain rows">{s.control.slice(0, HELD).map((h) => <HoldingRow key={h.place.id} holding={h} world={world} />)}</ul>
            {s.control.length > HELD && <p class="muted">{s.control.length - HELD} more on the map and in its table.</p>}
          </section>
          <section>
            <h3>Disputes</h3>
            {world.openDisputes.length === 0 && <Empty>No open contradiction on this day.</Empty>}
            <ul class="plain rows">{world.openDisputes.slice(0, 8).map((d) => <DisputeRow key={d.id} dispute={d} />)}</ul>
            {world.openDisputes.length > 8 && <To patch={about("disputes")}>All {world.openDisputes.length} disputes</To>}
          </section>
          <Lines title={`What changed since ${written(s.since)}`} lines={s.changes} none="Nothing is told to have changed." />
          <Lines title="On the ground" lines={s.ground} />
          <Lines title="What is expected" lines={s.outlook} />
          <Lines title="Who stands with whom" lines={s.ties} />
          <Lines title="Undated" lines={s.undated} />
          <Lines title="Without a place" lines={s.unplaced} />
          <p class="muted small">From {many(s.claims, "claim")} of {s.outlets.map((o) => `${o.name} (${o.reports})`).join(", ")}.</p>
        </>
      )}
    </Answered>
  );
}

function summary(control: Holding[], disputes: number): string {
  const n = (status: string) => control.filter((h) => h.status === status).length;
  const parts = [[n("held"), "held"], [n("contested"), "contested"], [n("unclear"), "unclear"]].filter(([k]) => k !== 0).map(([k, w]) => `${k} ${w}`);
  return `${many(control.length, "place")}${parts.length ? `: ${parts.join(", ")}` : ""}. ${disputes === 0 ? "No open dispute." : `${many(disputes, "open dispute")}.`}`;
}

export function HoldingRow({ holding: h, world }: { holding: Holding; world: World }) {
  const marks = marksOf(world.holders, h, contenders(h.chances)[1]);
  const chance = holderChance(h) ?? 0;
  const disputed = world.disputed.has(h.place.name);
  return (
    <li class="row">
      <MarkIcon {...marks} status={h.status} chance={chance} />
      <div>
        <To patch={about("place", h.place.id)}><b dir="auto">{h.place.name}</b></To> {holdingWords(h, chance)}
        {h.since && <span class="muted"> since {written(h.since)}</span>}
        {disputed && <span class="flag">sources disagree</span>}
      </div>
    </li>
  );
}

export function holdingWords(h: Holding, chance: number): string {
  const [first, second] = contenders(h.chances);
  if (h.status === "held") return `held by ${h.holder ?? "somebody"}, ${sure(chance)} (${percent(chance)})`;
  if (h.status === "contested") return `contested between ${first?.answer ?? "sides"} (${percent(first?.chance ?? 0)}) and ${second?.answer ?? "others"} (${percent(second?.chance ?? 0)})`;
  if (h.status === "unclear") return `unclear; ${first ? `${first.answer} foremost (${percent(first.chance)})` : "no side foremost"}`;
  return "unknown who holds it";
}

export function DisputeRow({ dispute: d }: { dispute: Dispute }) {
  return (
    <li class="row">
      <span class="cross" aria-hidden="true">✕</span>
      <div>
        <To patch={about("dispute", d.id)}><b>{questionWords[d.question] ?? d.question}</b> <span dir="auto">{d.about.join(", ")}</span></To>
        <p class="sides small">{d.sides.map((s, i) => <span key={i}>{i > 0 && <i> against </i>}<span dir="auto">{[...new Set(s.told_by.map((t) => t.source))].slice(0, 3).join(", ")}</span></span>)}</p>
        <p class="muted small">opened {written(d.opened)}{d.closed ? `, closed ${written(d.closed)}` : ", open"}</p>
      </div>
    </li>
  );
}

function Lines({ title, lines, none }: { title: string; lines: Line[]; none?: string }) {
  if (lines.length === 0 && !none) return null;
  return (
    <section>
      <h3>{title}</h3>
      {lines.length === 0 ? <Empty>{none}</Empty> : (
        <ul class="plain rows">
          {lines.slice(0, 12).map((l, i) => (
            <li key={i} class="line">
              <details>
                <summary><span dir="auto">{l.text}</span> <span class="muted small">{l.dated ? written(l.day) : `told ${written(l.day)}`}</span>
                  {l.denied_by.length > 0 && <span class="flag">denied by {l.denied_by[0]!.source}</span>}
                </summary>
                {l.told_by.map((t) => <Quote key={t.claim} of={t} />)}
                {l.denied_by.length > 0 && <p class="small"><b>Denied:</b></p>}
                {l.denied_by.map((t) => <Quote key={t.claim} of={t} />)}
              </details>
              <span class="small">{l.told_by.slice(0, 1).map((t) => <Who key={t.claim} of={t} />)}{l.told_by.length > 1 && <span class="muted"> and {l.told_by.length - 1} more</span>}</span>
            </li>
          ))}
        </ul>
      )}
      {lines.length > 12 && <Behind title={`All ${lines.length}`} head={["Day", "What", "Who says so"]} rows={() => lines.map((l) => [l.day, l.text, l.told_by.map((t) => t.source).join(", ")])} />}
    </section>
  );
}

