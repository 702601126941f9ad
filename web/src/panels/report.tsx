// One report: its text with the claims that were read from it, and what is known of the one that is picked out.

import { useMemo, useState } from "preact/hooks";
import type { Claim, Explained, Report, ReportFull } from "../api/types";
import { path } from "../api/client";
import { Answered, Behind, Empty, To } from "../parts/bits";
import { about, go, useAnswer, useView } from "../state/store";
import { useAll, type World } from "../state/world";
import { written } from "../time/days";
import { kindWord, kindWords, many, percent, range, tollWords, typeWord, voices } from "../words/words";
import { Decide } from "./review";
import { pieces } from "./spans";

export function ReportPanel({ id }: { id: string | null }) {
  const view = useView();
  // A quote knows its claim only; the claim knows its report.
  const claim = useAnswer<Explained>(view.claim === null ? null : path(`/claims/${encodeURIComponent(view.claim)}`));
  const of = id ?? claim.data?.report.hash ?? null;
  const report = useAnswer<ReportFull>(of === null ? null : path(`/reports/${encodeURIComponent(of)}`));
  if (of === null) return <Answered answer={claim} what="this claim">{() => null}</Answered>;
  return <Answered answer={report} what="this report">{(r) => <One report={r} explained={claim.data} />}</Answered>;
}

const roleWords = { who: "who", whom: "whom", where: "where", when: "when", voice: "according to" } as const;

function One({ report: r, explained }: { report: ReportFull; explained: Explained | null }) {
  const view = useView();
  const picked = r.claim_records.find((c) => c.id === view.claim || c.key === view.claim) ?? null;
  const [hovered, setHovered] = useState<Claim | null>(null);
  const cut = useMemo(() => pieces(r.text, r.claim_records, picked), [r, picked]);
  const pick = (c: Claim) => go({ claim: c.id === view.claim ? null : c.id }, "replace");
  return (
    <article class="report">
      <p class="kicker">Report{r.copy_of ? ", a copy of another" : ""}</p>
      <h2 dir="auto">{r.title ?? `${r.source ?? "Unnamed source"}, ${written(r.published)}`}</h2>
      <p class="lead"><b dir="auto">{r.source ?? "unnamed source"}</b>{r.source_kind ? `, ${kindWord(r.source_kind)}` : ""}, published {written(r.published)}. {many(r.claim_records.length, "claim")} read from it. <span class="muted" dir="auto">{r.id}</span></p>
      {r.url && <p class="small muted" dir="ltr">{r.url}</p>}
      <div class="text" dir="auto">
        {cut.map((p, i) => {
          const shown = p.triggers[0];
          const inPicked = picked !== null && p.sentences.includes(picked);
          const classes = [
            p.sentences.length > 0 ? "told" : "",
            inPicked ? "picked" : "",
            p.role && inPicked ? `role ${p.role}` : "",
            hovered && p.sentences.includes(hovered) ? "hovered" : "",
          ].filter(Boolean).join(" ");
          if (!shown) return classes ? <span key={i} class={classes} title={p.role ? roleWords[p.role] : undefined}>{p.text}</span> : p.text;
          const claim = picked && p.triggers.includes(picked) ? picked : shown;
          return (
            <button key={i} type="button" class={`trigger ${claim.kind} ${claim.polarity} ${classes}`} aria-pressed={claim === picked}
              aria-label={`${p.text}: ${describe(claim)}`} title={describe(claim)}
              onMouseEnter={() => setHovered(claim)} onMouseLeave={() => setHovered(null)} onFocus={() => setHovered(claim)} onBlur={() => setHovered(null)}
              onClick={() => pick(claim === picked ? (p.triggers[(p.triggers.indexOf(claim) + 1) % p.triggers.length] ?? claim) : claim)}>
              {p.text}
            </button>
          );
        })}
      </div>
      <p class="hint small" aria-live="polite">{hovered ? describe(hovered) : "Marked words carry claims. Point at one to see who says so; press it to see why it was read like that."}</p>
      {picked && <ClaimCard claim={picked} explained={explained?.id === picked.id ? explained : null} />}
      <h3>All claims</h3>
      {r.claim_records.length === 0 && <Empty>No claim was read from this report.</Empty>}
      <ul class="plain rows">{r.claim_records.map((c) => <li key={c.id} class="row claim-row"><span class={`dot ${c.kind} ${c.polarity}`} aria-hidden="true" /><div><To patch={{ claim: c.id }}>{sentence(c)}</To><p class="small muted" dir="auto">{voices(c)}</p></div></li>)}</ul>
    </article>
  );
}

/** A claim as one line: who vouches, whether affirmed or denied, how surely. */
function describe(c: Claim): string {
  return `${sentence(c)}; ${voices(c)}; ${c.polarity === "negative" ? "denied" : "affirmed"}, ${c.certainty}`;
}

export function sentence(c: Claim): string {
  const who = c.agents.map((a) => a.name).join(", ");
  const whom = c.targets.map((a) => a.name).join(", ");
  const where = c.places.map((p) => p.name).join(", ");
  const what = c.kind === "outlook" && c.about ? `${typeWord(c.type)} (${typeWord(c.about.type)})` : typeWord(c.type);
  const parts = [who, c.polarity === "negative" ? `not: ${what}` : what, whom && `→ ${whom}`, where && `@ ${where}`, c.time?.from && `(${written(c.time.from)})`];
  return parts.filter(Boolean).join(" ");
}

function ClaimCard({ claim: c, explained }: { claim: Claim; explained: Explained | null }) {
  const rows: [string, string][] = [
    ["What", `${kindWords[c.kind]}: ${typeWord(c.type)}${c.phase ? `, ${c.phase}` : ""}${c.extent ? `, ${c.extent}` : ""}`],
    ["Who", c.agents.map((a) => `${a.name} (“${a.text}”)`).join(", ")],
    ["Whom", c.targets.map((a) => `${a.name} (“${a.text}”)`).join(", ")],
    ["Where", c.places.map((p) => `${p.name} (“${p.text}”)${p.radius_km ? `, within ${p.radius_km} km` : ""}`).join(", ")],
    ["When", c.time ? `${written(c.time.from)}${c.time.to && c.time.to !== c.time.from ? ` – ${written(c.time.to)}` : ""} (“${c.time.text}”, ${c.time.basis})` : `not dated; reported ${written(c.reported)}`],
    ["Numbers", c.casualties.map((t) => `${range(t.min, t.max)} ${tollWords[t.what] ?? t.what}${t.who ? `, ${t.who}` : ""}`).join("; ")],
    ["According to", c.attribution.map((v) => `${v.name} (${v.stance}${v.affiliation ? `, ${v.affiliation}` : ""})`).join(" ← ") || `${c.report.source ?? "the report"} itself`],
    ["Says it is", `${c.polarity === "negative" ? "not so" : "so"}, ${c.certainty}${c.verified === false ? ", could not be verified" : ""}`],
    ["Read rightly?", `${percent(c.confidence)} sure; ${c.standing ?? "unreviewed"}`],
  ];
  const why = explained?.explanation?.why ?? c.why.map((w) => ({ rule: w.rule, words: [] as string[] }));
  return (
    <section class="card" aria-label="The claim picked out">
      <h3>Why this was read</h3>
      <dl>{rows.filter(([, v]) => v).map(([k, v]) => <><dt>{k}</dt><dd dir="auto">{v}</dd></>)}</dl>
      <p class="small">{why.map((w) => <span key={w.rule} class="rule"><code>{w.rule}</code>{w.words?.length ? ` “${w.words.join(" ")}”` : ""} </span>)}</p>
      <Decide claim={c} />
    </section>
  );
}

export function ReportsPanel({ world }: { world: World }) {
  const view = useView();
  const { items, error } = useAll<Report>("/reports", { source: view.source, q: null });
  const until = (items ?? []).filter((r) => r.published === null || r.published <= world.day).sort((a, b) => ((a.published ?? "") < (b.published ?? "") ? 1 : -1));
  return (
    <>
      <h2>Reports until {written(world.day)}</h2>
      {error && <p class="wrong" role="alert">{error.message}</p>}
      {items === null && !error && <p class="waiting">Reading reports …</p>}
      {items !== null && until.length === 0 && <Empty>No report by this day{view.source ? ` of ${view.source}` : ""}.</Empty>}
      <ul class="plain rows">{until.slice(0, 400).map((r) => (
        <li key={r.hash} class="row"><div><To patch={about("report", r.hash)}><span dir="auto">{r.title ?? r.source ?? r.id}</span></To>
          <p class="muted small">{written(r.published)} · {many(r.claims, "claim")}{r.copy_of ? " · a copy" : ""} · <span dir="auto">{r.id}</span></p></div></li>
      ))}</ul>
      {until.length > 400 && <p class="muted">{until.length - 400} more; choose an earlier day or a source.</p>}
      <Behind title="Reports" head={["Published", "Source", "Id", "Claims"]} rows={() => until.map((r) => [r.published ?? "", r.source ?? "", r.id, r.claims])} />
    </>
  );
}
