// Sources and what became of their claims.

import { useState } from "preact/hooks";
import type { Source } from "../api/types";
import { Empty, To } from "../parts/bits";
import { useView } from "../state/store";
import { useAll } from "../state/world";
import { kindWord } from "../words/words";

type Order = "most" | "name" | "right";

export function SourcesPanel() {
  const view = useView();
  const { items, error } = useAll<Source>("/sources", {});
  const [order, setOrder] = useState<Order>("most");
  const sorted = [...(items ?? [])].sort((a, b) =>
    order === "name" ? a.name.localeCompare(b.name) : order === "right" ? share(b) - share(a) : b.confirmed + b.contradicted + b.open - (a.confirmed + a.contradicted + a.open));
  const most = Math.max(1, ...sorted.map((s) => s.confirmed + s.contradicted + s.open));
  const head = (what: Order, text: string) => (
    <th scope="col" aria-sort={order === what ? "descending" : undefined}><button type="button" class="head" onClick={() => setOrder(what)}>{text}{order === what ? " ↓" : ""}</button></th>
  );
  return (
    <>
      <h2>Sources and their records</h2>
      <p class="lead">Of the claims on who holds what that could be checked: how many later reports of other sources confirmed, contradicted, or left open. Press a source to see only what it has a say in.</p>
      {error && <p class="wrong" role="alert">{error.message}</p>}
      {items === null && !error && <p class="waiting">Reading records …</p>}
      {items !== null && items.length === 0 && <Empty>No source has made a claim that can be checked.</Empty>}
      {sorted.length > 0 && (
        <table class="records">
          <thead><tr>{head("name", "Source")}{head("most", "Claims")}{head("right", "Held up")}</tr></thead>
          <tbody>
            {sorted.map((s) => (
              <tr key={s.source} class={view.source === s.name ? "chosen" : undefined}>
                <th scope="row"><To patch={{ source: view.source === s.name ? null : s.name }} label={`Only ${s.name}`}><span dir="auto">{s.name}</span></To><span class="kind">{kindWord(s.kind)}</span></th>
                <td>
                  <svg class="record" viewBox="0 0 120 10" role="img" aria-label={`${s.confirmed} confirmed, ${s.contradicted} contradicted, ${s.open} open`}>
                    <rect class="confirmed" width={(s.confirmed / most) * 120} height="10" />
                    <rect class="contradicted" x={(s.confirmed / most) * 120} width={(s.contradicted / most) * 120} height="10" />
                    <rect class="open" x={((s.confirmed + s.contradicted) / most) * 120} width={(s.open / most) * 120} height="10" />
                  </svg>
                  <span class="small muted">{s.confirmed} confirmed, {s.contradicted} not, {s.open} open</span>
                </td>
                <td class="number">{s.confirmed + s.contradicted > 0 ? `${s.confirmed} of ${s.confirmed + s.contradicted}` : "–"}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </>
  );
}

const share = (s: Source): number => (s.confirmed + s.contradicted === 0 ? -1 : (s.confirmed + 1) / (s.confirmed + s.contradicted + 2));
