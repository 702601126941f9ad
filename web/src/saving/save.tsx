// Saves what is shown.

import type { World } from "../state/world";
import { picture } from "../map/map";
import { useView } from "../state/store";
import { written } from "../time/days";
import { controlHead, controlRows, csv, disputeHead, disputeRows, eventHead, eventRows, geojson, markdown, type Shown } from "./tables";

function hand(name: string, data: Blob): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(data);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

const text = (name: string, type: string, content: string) => hand(name, new Blob([content], { type: `${type};charset=utf-8` }));

/** The map with a line that says what it shows. */
async function png(name: string, caption: string): Promise<void> {
  const map = await picture?.();
  if (!map) return;
  const canvas = document.createElement("canvas");
  const line = Math.round(map.width / 40) + 16;
  canvas.width = map.width;
  canvas.height = map.height + line;
  const ctx = canvas.getContext("2d")!;
  const style = getComputedStyle(document.documentElement);
  ctx.fillStyle = style.getPropertyValue("--paper").trim();
  ctx.fillRect(0, 0, canvas.width, canvas.height);
  ctx.drawImage(map, 0, 0);
  ctx.fillStyle = style.getPropertyValue("--ink").trim();
  ctx.font = `${Math.round(line * 0.45)}px system-ui, sans-serif`;
  ctx.textBaseline = "middle";
  ctx.fillText(caption, 12, map.height + line / 2, canvas.width - 24);
  canvas.toBlob((blob) => blob && hand(name, blob));
}

export function Save({ world }: { world: World }) {
  const view = useView();
  const shown: Shown = {
    day: world.day, known: world.knownAt ?? "all that is known", spots: world.spots, ground: world.ground,
    disputes: view.panel === "disputes" ? world.disputes : world.openDisputes, events: world.shownEvents,
  };
  const name = (what: string, end: string) => `contested-${what}-${world.day}.${end}`;
  const caption = `Who held what on ${written(world.day)}, as known ${world.knownAt ? `on ${written(world.knownAt)}` : "today"}; contested ${world.meta.version}. Ground: Natural Earth.`;
  return (
    <details class="menu">
      <summary>Save</summary>
      <ul class="plain" role="list">
        <li><button type="button" onClick={() => void png(name("map", "png"), caption)}>Map as PNG</button></li>
        <li><button type="button" onClick={() => text(name("control", "csv"), "text/csv", csv(controlHead, controlRows(shown)))}>Places as CSV</button></li>
        <li><button type="button" onClick={() => text(name("events", "csv"), "text/csv", csv(eventHead, eventRows(shown.events)))}>Events as CSV</button></li>
        <li><button type="button" onClick={() => text(name("disputes", "csv"), "text/csv", csv(disputeHead, disputeRows(shown.disputes)))}>Disputes as CSV</button></li>
        <li><button type="button" onClick={() => text(name("map", "geojson"), "application/geo+json", geojson(shown))}>Places and events as GeoJSON</button></li>
        <li><button type="button" onClick={() => text(name("situation", "md"), "text/markdown", markdown(shown))}>All of it as Markdown</button></li>
        <li><button type="button" onClick={() => print()}>Print</button></li>
      </ul>
    </details>
  );
}
