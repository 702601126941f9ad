// The review queue: accept, correct or reject what was read, by name and with a reason. Decisions stand beside claims and never change them.

import { useState } from "preact/hooks";
import type { Claim, Explained, List } from "../api/types";
import { forget, get, path, post, type Failure } from "../api/client";
import { Answered, Empty, To, Marked } from "../parts/bits";
import { about, renew, useAnswer, useView } from "../state/store";
import { many, percent, voices } from "../words/words";
import { sentence } from "./report";

/** Claims that are looked through for the queue. */
const LOOKED = 1000;

export function ReviewPanel() {
  const view = useView();
  const answer = useAnswer<List<Claim>>(path("/claims", { limit: LOOKED, source: view.source, standing: "unreviewed" }));
  return (
    <>
      <h2>Review</h2>
      <p class="lead">Claims that nobody has looked at yet, the least sure first. What you decide stands beside the claim, with your name.</p>
      <Answered answer={answer} what="the claims">
        {(list) => {
          const queue = list.items.filter((c) => (c.standing ?? "unreviewed") === "unreviewed").sort((a, b) => a.confidence - b.confidence);
          return (
            <>
              {queue.length === 0 && <Empty>All claims have been reviewed.</Empty>}
              {queue.length > 0 && <p class="small muted">{many(queue.length, "claim")} to review{list.next ? " among the first thousand" : ""}.</p>}
              <ol class="plain rows">{queue.slice(0, 40).map((c) => <Item key={c.id} claim={c} />)}</ol>
            </>
          );
        }}
      </Answered>
    </>
  );
}

function Item({ claim: c }: { claim: Claim }) {
  const { start, trigger, quote } = c.evidence;
  return (
    <li class="row review"><div>
      <To patch={about("report", c.report.hash, { claim: c.id })}><b dir="auto">{sentence(c)}</b></To>
      <blockquote dir="auto"><Marked text={quote} span={[trigger.start - start, trigger.end - start]} /></blockquote>
      <p class="small muted" dir="auto">{voices(c)}; {c.polarity === "negative" ? "denied" : "affirmed"}, {c.certainty}; {percent(c.confidence)} sure of the reading</p>
      <Decide claim={c} />
    </div></li>
  );
}

/** Fields that can be corrected here; the command line corrects all. */
const fields: Record<string, (text: string) => unknown> = {
  type: (t) => t,
  polarity: (t) => t,
  certainty: (t) => t,
  phase: (t) => t || null,
  extent: (t) => t || null,
  tense: (t) => t,
  agents: (t) => t.split(",").map((name) => ({ name: name.trim(), id: null })),
  targets: (t) => t.split(",").map((name) => ({ name: name.trim(), id: null })),
  time: (t) => (t ? [t.split("..")[0] || null, t.split("..")[1] ?? t.split("..")[0] ?? null] : [null, null]),
};

export function Decide({ claim }: { claim: Claim }) {
  const [act, setAct] = useState<"accept" | "reject" | "correct" | null>(null);
  const [told, setTold] = useState<string | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const [version, setVersion] = useState<number | null>(null);
  // What is decided must name the newest decision that its maker has seen, so that two reviewers do not write over one another.
  const open = (a: "accept" | "reject" | "correct") => {
    setAct(act === a ? null : a);
    setFailure(null);
    get<Explained>(path(`/claims/${encodeURIComponent(claim.key)}`)).then((c) => setVersion(c.version), (f: Failure) => setFailure(f.message));
  };
  if (told) return <p class="small done" role="status">{told}</p>;
  const send = async (e: Event) => {
    e.preventDefault();
    const form = new FormData(e.target as HTMLFormElement);
    const text = (name: string) => String(form.get(name) ?? "").trim();
    localStorage.setItem("reviewer", text("by"));
    setFailure(null);
    try {
      await post("/review", {
        act, claim: claim.key, by: text("by"), why: text("why"), version,
        ...(act === "correct" ? { field: text("field"), value: fields[text("field")]?.(text("value")) } : {}),
      });
      setTold(`${act === "accept" ? "Accepted" : act === "reject" ? "Rejected" : "Corrected"} by ${text("by")}.`);
      forget();
      renew();
    } catch (error) {
      const f = error as Failure;
      setFailure(f.status === 409 ? "Somebody decided about this claim meanwhile; open it again." : `${f.message}${f.hint ? `; ${f.hint}` : ""}`);
    }
  };
  return (
    <div class="decide">
      {(["accept", "correct", "reject"] as const).map((a) => <button key={a} type="button" aria-pressed={act === a} onClick={() => open(a)}>{a[0]!.toUpperCase() + a.slice(1)}</button>)}
      {act && (
        <form onSubmit={send}>
          {act === "correct" && (
            <>
              <label>Field <select name="field">{Object.keys(fields).map((f) => <option key={f}>{f}</option>)}</select></label>
              <label>Right is <input name="value" dir="auto" placeholder="as claims have it; days as from..to" /></label>
            </>
          )}
          <label>Your name <input name="by" required defaultValue={localStorage.getItem("reviewer") ?? ""} dir="auto" /></label>
          <label>Why <input name="why" required dir="auto" /></label>
          <button type="submit" class="primary" disabled={version === null}>{act[0]!.toUpperCase() + act.slice(1)}</button>
          {failure && <p class="wrong small" role="alert">{failure}</p>}
        </form>
      )}
    </div>
  );
}
