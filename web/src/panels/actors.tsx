// Actors and their ties at the date: who backs, leads, fights whom, who is part of whom, according to whom.

import { useMemo, useState } from "preact/hooks";
import type { Graph, Tie } from "../api/types";
import { path } from "../api/client";
import { Answered, Behind, Empty, To } from "../parts/bits";
import { about, useAnswer } from "../state/store";
import type { World } from "../state/world";
import { written } from "../time/days";
import { many, tieWord, tieWords } from "../words/words";
import { layout } from "./layout";

/** More than so many cannot be told apart in a panel; the rest is in the table. */
const DRAWN = 28;

export function ActorsPanel({ world }: { world: World }) {
  const answer = useAnswer<Graph>(path("/actors/graph", { as_of: world.slow.day, known_at: world.slow.knownAt }));
  return <Answered answer={answer} what="the actors">{(g) => <Drawn graph={g} world={world} />}</Answered>;
}

const W = 440, H = 420;

function Drawn({ graph, world }: { graph: Graph; world: World }) {
  const [over, setOver] = useState<string | null>(null);
  const { nodes, edges, at } = useMemo(() => {
    const tied = new Set(graph.edges.flatMap((e) => [e.from, e.to]));
    const nodes = graph.nodes.filter((n) => tied.has(n.id)).sort((a, b) => b.claims - a.claims || (a.id < b.id ? -1 : 1)).slice(0, DRAWN);
    const index = new Map(nodes.map((n, i) => [n.id, i]));
    const edges = graph.edges.filter((e) => index.has(e.from) && index.has(e.to) && e.from !== e.to);
    const points = layout(nodes.length, edges.map((e) => [index.get(e.from)!, index.get(e.to)!]), W, H);
    return { nodes, edges, at: new Map(nodes.map((n, i) => [n.id, points[i]!])) };
  }, [graph]);
  const names = new Map(graph.nodes.map((n) => [n.id, n.name]));
  const types = [...new Set(edges.map((e) => e.type))];
  const lit = (e: Tie) => over === null || e.from === over || e.to === over;
  return (
    <>
      <h2>Actors on {written(world.day)}</h2>
      <p class="lead">Ties as sources tell them. {nodes.length === 0 ? "" : `${many(edges.length, "tie")} of ${many(nodes.length, "actor")}; a dashed line is denied by somebody.`}</p>
      {nodes.length === 0 ? <Empty>No tie between actors is told by this day.</Empty> : (
        <figure class="graph">
          <svg viewBox={`0 0 ${W} ${H}`} role="img" aria-label="Ties between actors; the table below says the same">
            <defs>{types.map((t) => <marker key={t} id={`end-${t}`} viewBox="0 0 8 8" refX="7" refY="4" markerUnits="userSpaceOnUse" markerWidth="8" markerHeight="8" orient="auto"><path d="M0 0L8 4L0 8Z" class={`tie ${t}`} /></marker>)}</defs>
            {edges.map((e, i) => {
              const a = at.get(e.from)!, b = at.get(e.to)!;
              const d = Math.hypot(b.x - a.x, b.y - a.y) || 1, r = 9;
              return (
                <path key={i} class={`tie line ${e.type}${e.polarity === "negative" ? " negative" : ""}${lit(e) ? "" : " dim"}`} marker-end={`url(#end-${e.type})`} stroke-width={Math.min(3.5, 1 + e.sources * 0.5)}
                  d={`M${a.x + ((b.x - a.x) / d) * r} ${a.y + ((b.y - a.y) / d) * r}L${b.x - ((b.x - a.x) / d) * (r + 2)} ${b.y - ((b.y - a.y) / d) * (r + 2)}`}>
                  <title>{`${names.get(e.from)} ${tieWord(e)} ${names.get(e.to)}: ${many(e.sources, "source")}`}</title>
                </path>
              );
            })}
            {nodes.map((n) => {
              const p = at.get(n.id)!;
              const colour = world.holders.get(n.id)?.mark.colour;
              return (
                <g key={n.id} onMouseEnter={() => setOver(n.id)} onMouseLeave={() => setOver(null)} class={over !== null && over !== n.id && !edges.some((e) => lit(e) && (e.from === n.id || e.to === n.id)) ? "dim" : undefined}>
                  <circle cx={p.x} cy={p.y} r={Math.min(8, 3 + Math.sqrt(n.claims))} fill={colour === undefined ? "var(--muted)" : `var(--h${colour})`} />
                  <text x={p.x} y={p.y + 18} text-anchor="middle" direction="ltr">{n.name.length > 26 ? `${[...n.name].slice(0, 25).join("")}…` : n.name}</text>
                </g>
              );
            })}
          </svg>
          <ul class="plain keys small">{types.map((t) => <li key={t}><svg class="swatch" viewBox="0 0 24 12" aria-hidden="true"><path d="M1 6H22" class={`tie line ${t}`} stroke-width="2.5" /></svg> {tieWords[t] ?? t}</li>)}</ul>
        </figure>
      )}
      <h3>Ties in words</h3>
      <ul class="plain rows">
        {graph.edges.slice(0, 60).map((e, i) => (
          <li key={i} class="row"><div>
            <span dir="auto"><b>{names.get(e.from) ?? e.from}</b> {tieWord(e)} <b>{names.get(e.to) ?? e.to}</b></span>
            <p class="muted small">{many(e.sources, "source")}{e.first ? `, since ${written(e.first)}` : ""} {e.claims.slice(0, 3).map((c, j) => <To key={c} patch={about("report", null, { claim: c })}>{j === 0 ? "read it" : `, ${j + 1}`}</To>)}</p>
          </div></li>
        ))}
      </ul>
      <Behind title="Ties" head={["From", "Tie", "To", "Sources", "First", "Last"]} rows={() => graph.edges.map((e) => [names.get(e.from) ?? e.from, tieWord(e), names.get(e.to) ?? e.to, e.sources, e.first ?? "", e.last ?? ""])} />
    </>
  );
}
