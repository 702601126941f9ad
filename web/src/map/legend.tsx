// What the marks mean, in words.

import { useState } from "preact/hooks";
import { go, useView } from "../state/store";
import { groups, groupWords } from "../words/words";
import { MarkIcon } from "../parts/mark";
import type { Holder } from "./marks";
import { signs } from "./overlay";

export function Legend({ holders }: { holders: Holder[] }) {
  const view = useView();
  const [open, setOpen] = useState(() => innerWidth > 1100);
  return (
    <details class="legend" open={open} onToggle={(e) => setOpen((e.target as HTMLDetailsElement).open)}>
      <summary>Legend</summary>
      <h2>Holders</h2>
      <ul class="plain">
        {holders.slice(0, 8).map((h) => (
          <li key={h.key}><MarkIcon mark={h.mark} status="held" chance={1} /> <span dir="auto">{h.name}</span></li>
        ))}
        {holders.length > 8 && <li class="muted">and {holders.length - 8} more</li>}
      </ul>
      <h2>How sure</h2>
      <ul class="plain">
        <li><MarkIcon mark={{ colour: 0, shape: "circle" }} status="held" chance={1} /> nearly certain</li>
        <li><MarkIcon mark={{ colour: 0, shape: "circle" }} status="held" chance={0.85} /> likely</li>
        <li><MarkIcon mark={{ colour: 0, shape: "circle" }} status="unclear" chance={0.6} /> unclear</li>
        <li><MarkIcon mark={{ colour: 0, shape: "circle" }} status="contested" chance={0.5} second={1} /> contested: the stripes are the other side's</li>
        <li><MarkIcon mark={{ colour: -1, shape: "circle" }} status="unknown" chance={0} /> unknown</li>
      </ul>
      <ul class="plain">
        <li><svg class="mark" viewBox="-9 -9 18 18" aria-hidden="true"><circle r="7" class="ring disputed" /></svg> sources disagree who holds it</li>
        <li><svg class="mark" viewBox="-9 -9 18 18" aria-hidden="true"><circle r="7" class="ring" /></svg> changed within a week</li>
        <li><svg class="mark" viewBox="-9 -9 18 18" aria-hidden="true"><circle r="8" class="ring radius" /></svg> somewhere within this circle</li>
      </ul>
      <h2>Events of the days chosen</h2>
      <ul class="plain">
        {groups.map((g) => (
          <li key={g}>
            <label>
              <input type="checkbox" checked={!view.without.includes(g)}
                onChange={() => go({ without: view.without.includes(g) ? view.without.filter((x) => x !== g) : [...view.without, g].sort() })} />
              <svg class="mark" viewBox="-7 -7 14 14" aria-hidden="true"><path d={signs[g]} class="sign" /></svg> {groupWords[g]}
            </label>
          </li>
        ))}
      </ul>
      <p class="muted small">Ground: Natural Earth. Dashed borders are disputed.</p>
    </details>
  );
}
