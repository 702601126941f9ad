// Small parts that panels share: what is waited for, what went wrong, quotes, links that keep the view.

import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import type { Answer } from "../state/store";
import { address, go } from "../state/store";
import type { View } from "../state/view";
import type { Telling } from "../api/types";
import { giveToken } from "../api/client";
import { renew } from "../state/store";
import { written } from "../time/days";
import { kindWord } from "../words/words";

/** A link to another view: the address is real, so it can be opened in a new page. */
export function To({ patch, children, class: name, label }: { patch: Partial<View>; children: ComponentChildren; class?: string; label?: string }) {
  return (
    <a
      href={address(patch)}
      class={name}
      aria-label={label}
      onClick={(e) => {
        if (e.metaKey || e.ctrlKey || e.shiftKey || e.button !== 0) return;
        e.preventDefault();
        go(patch);
      }}
    >
      {children}
    </a>
  );
}

/** Shows an answer, or says what is awaited or wrong. */
export function Answered<T>({ answer, what, children }: { answer: Answer<T>; what: string; children: (data: T) => ComponentChildren }) {
  if (answer.error) return <Wrong error={answer.error} what={what} />;
  if (answer.data === null) return answer.waiting ? <p class="waiting" aria-live="polite">Reading {what} …</p> : null;
  return <div class={answer.waiting ? "stale" : undefined}>{children(answer.data)}</div>;
}

function Wrong({ error, what }: { error: { status: number; message: string; hint: string | null }; what: string }) {
  const token = (e: Event) => {
    e.preventDefault();
    const field = (e.target as HTMLFormElement).elements.namedItem("token") as HTMLInputElement;
    giveToken(field.value);
    renew();
  };
  return (
    <div class="wrong" role="alert">
      <p><b>{error.status === 404 ? `There is no such thing here: ${what}.` : error.status === 410 ? "This report was forgotten." : `Could not read ${what}.`}</b></p>
      <p>{error.message}{error.hint ? `; ${error.hint}` : ""}</p>
      {error.status === 401 && (
        <form onSubmit={token}>
          <label>Token <input name="token" type="password" autocomplete="off" /></label> <button type="submit">Use it</button>
        </form>
      )}
      {(error.status === 0 || error.status >= 500) && <button type="button" onClick={renew}>Try again</button>}
    </div>
  );
}

export function Empty({ children }: { children: ComponentChildren }) {
  return <p class="empty">{children}</p>;
}

/** Characters of a text, counted as the ledger counts them. */
export function cut(text: string, start: number, end: number): [string, string, string] {
  const all = Array.from(text);
  return [all.slice(0, start).join(""), all.slice(start, end).join(""), all.slice(end).join("")];
}

/** A text with one span marked. */
export function Marked({ text, span }: { text: string; span: [number, number] | null | undefined }) {
  if (!span) return <>{text}</>;
  const [before, marked, after] = cut(text, span[0], span[1]);
  return <>{before}<mark>{marked}</mark>{after}</>;
}

/** The root source, who passed it on, of what kind it is. */
export function Who({ of }: { of: Pick<Telling, "source" | "outlet" | "kind"> }) {
  return (
    <span class="who">
      <b dir="auto">{of.source}</b>
      {of.outlet && of.outlet !== of.source && <span class="muted" dir="auto"> in {of.outlet}</span>}
      {of.kind && <span class="kind">{kindWord(of.kind)}</span>}
    </span>
  );
}

/** What a source says, in its words; the quote leads to its report. */
export function Quote({ of, day = true }: { of: Telling; day?: boolean }) {
  return (
    <figure class="quote">
      <blockquote dir="auto"><To patch={{ panel: "report", id: null, claim: of.claim }} label={`Open the report: ${of.quote.slice(0, 120)}`}><Marked text={of.quote} span={of.trigger} /></To></blockquote>
      <figcaption>
        <Who of={of} />
        {day && of.known && <time dateTime={of.known}>{written(of.known)}</time>}
        {of.certainty && of.certainty !== "certain" && <span class="kind">{of.certainty}</span>}
        {of.also > 0 && <span class="muted">and {of.also} more of theirs</span>}
      </figcaption>
    </figure>
  );
}

/** Rows of a table that are drawn; what is saved as a file has all. */
const ROWS = 1000;

/** The table behind a graphic, for those who read rather than look. It is made when it is opened. */
export function Behind({ title, head, rows }: { title: string; head: string[]; rows: () => (string | number)[][] }) {
  const [open, setOpen] = useState(false);
  return (
    <details class="behind" onToggle={(e) => setOpen((e.target as HTMLDetailsElement).open)}>
      <summary>{title} as a table</summary>
      {open && <Table title={title} head={head} rows={rows()} />}
    </details>
  );
}

function Table({ title, head, rows }: { title: string; head: string[]; rows: (string | number)[][] }) {
  return (
    <div class="scroll" tabIndex={0} role="region" aria-label={title}>
      <table>
        <thead><tr>{head.map((h) => <th key={h} scope="col">{h}</th>)}</tr></thead>
        <tbody>{rows.slice(0, ROWS).map((row, i) => <tr key={i}>{row.map((cell, j) => <td key={j} dir="auto">{cell}</td>)}</tr>)}</tbody>
      </table>
      {rows.length > ROWS && <p class="muted">{rows.length - ROWS} more; save them as a file.</p>}
    </div>
  );
}
