// Time: which day is shown, from which day events are shown, what was known. Plays, steps, and shows when how much happened.

import { useEffect, useMemo, useState } from "preact/hooks";
import { current, go, useView } from "../state/store";
import type { Dispute } from "../api/types";
import { Behind } from "../parts/bits";
import { add, clamp, day, month, monthStarts, number, valid, written } from "./days";

interface Props {
  first: string;
  last: string;
  /** Days on which something happened, once for each. */
  activity: string[];
  /** What `activity` counts. */
  counted: string;
  disputes: Dispute[];
}

/** Days of a step while playing: a year takes about half a minute. */
const stride = (days: number): number => Math.max(1, Math.round(days / 250));

/** How long a day stays while playing, in milliseconds. */
const BEAT = 450;

export function Slider({ first, last, activity, counted, disputes }: Props) {
  const view = useView();
  const [playing, setPlaying] = useState(false);
  const shown = clamp(view.day ?? last, first, last);
  const from = clamp(add(shown, 1 - view.span), first, last);
  const days = number(last) - number(first) + 1;

  const to = (next: string, how: "push" | "replace" = "replace") => {
    const target = clamp(next, first, last);
    go({ day: target === last ? null : target }, how);
  };

  useEffect(() => {
    if (!playing) return;
    const timer = setInterval(() => {
      const now = current().day ?? last;
      if (now >= last) setPlaying(false);
      else to(add(now, stride(days)));
    }, BEAT);
    return () => clearInterval(timer);
  }, [playing, first, last]);

  useEffect(() => {
    const keys = (e: KeyboardEvent) => {
      if (e.target instanceof HTMLInputElement || e.target instanceof HTMLTextAreaElement || e.ctrlKey || e.metaKey || e.altKey) return;
      if (e.key === "," || e.key === "<") to(add(current().day ?? last, e.key === "<" ? -7 : -1));
      else if (e.key === "." || e.key === ">") to(add(current().day ?? last, e.key === ">" ? 7 : 1));
      else if (e.key === "p") play();
      else if (e.key === "k") go({ known: current().known === "now" ? "then" : "now" });
      else return;
      e.preventDefault();
    };
    addEventListener("keydown", keys);
    return () => removeEventListener("keydown", keys);
  });

  const play = () => {
    if (!playing && (current().day ?? last) >= last) to(first);
    setPlaying(!playing);
  };

  return (
    <section class="time" aria-label="Time">
      <div class="controls">
        <button type="button" onClick={() => to(add(shown, -1))} aria-label="One day back" title="One day back (,)" disabled={shown <= first}>‹</button>
        <button type="button" class="play" onClick={play} aria-pressed={playing} title="Play (p)">{playing ? "Pause" : "Play"}</button>
        <button type="button" onClick={() => to(add(shown, 1))} aria-label="One day on" title="One day on (.)" disabled={shown >= last}>›</button>
        <label class="day">
          <span class="small muted">as of</span>
          <input type="date" min={first} max={last} value={shown} onChange={(e) => { const v = (e.target as HTMLInputElement).value; if (valid(v)) to(v, "push"); }} />
        </label>
        <Known shown={shown} />
        <label class="window">
          <span class="small muted">events of</span>
          <select value={[1, 7, 30, 90].includes(view.span) ? view.span : view.span >= days ? "all" : "other"}
            onChange={(e) => { const v = (e.target as HTMLSelectElement).value; if (v !== "other") go({ span: v === "all" ? Math.min(days, 9999) : Number(v) }); }}>
            <option value={1}>the day</option>
            <option value={7}>7 days</option>
            <option value={30}>30 days</option>
            <option value={90}>90 days</option>
            <option value="all">all days</option>
            {![1, 7, 30, 90].includes(view.span) && view.span < days && <option value="other">{view.span} days</option>}
          </select>
        </label>
      </div>
      <Track first={first} last={last} shown={shown} from={from} activity={activity} counted={counted} disputes={disputes} to={to} />
    </section>
  );
}

function Known({ shown }: { shown: string }) {
  const view = useView();
  const certain = view.known !== "now" && view.known !== "then";
  return (
    <span class="known" role="group" aria-label="As known on">
      <span class="small muted">as known</span>
      <button type="button" aria-pressed={view.known === "now"} onClick={() => go({ known: "now" })} title="With all that was reported since (k)">today</button>
      <button type="button" aria-pressed={view.known === "then"} onClick={() => go({ known: "then" })} title="Only with what had been reported by the day shown (k)">that day</button>
      {certain ? (
        <input type="date" aria-label="As known on" value={view.known} onChange={(e) => { const v = (e.target as HTMLInputElement).value; go({ known: valid(v) ? v : "now" }); }} />
      ) : (
        <button type="button" aria-pressed={false} onClick={() => go({ known: shown })} title="Only with what had been reported by a certain day">on …</button>
      )}
    </span>
  );
}

const W = 1000, H = 46;

function Track({ first, last, shown, from, activity, counted, disputes, to }: Props & { shown: string; from: string; to: (day: string) => void }) {
  const a = number(first), days = number(last) - a + 1;
  const x = (d: string) => ((number(d) - a + 0.5) / days) * W;
  // Bars stand for a day, or for more where a day would be thinner than can be seen.
  const { bars, most, step } = useMemo(() => {
    const step = Math.max(1, Math.ceil(days / 250));
    const bars = new Array<number>(Math.ceil(days / step)).fill(0);
    for (const d of activity) {
      const i = Math.floor((number(d) - a) / step);
      if (i >= 0 && i < bars.length) bars[i]! += 1;
    }
    return { bars, most: Math.max(1, ...bars), step };
  }, [activity, a, days]);
  const wide = Math.max(1, (W / bars.length) * 0.72);
  const [dragging, setDragging] = useState<string | null>(null);
  const put = (e: Event, what: "day" | "from") => {
    const d = day(a + Number((e.target as HTMLInputElement).value));
    if (what === "day") to(d);
    else go({ span: Math.max(1, number(shown) - number(d) + 1) }, "replace");
    setDragging(d);
  };
  const drawn = useMemo(() => (
    <>
      {bars.map((n, i) => n > 0 && <rect key={i} class="bar" x={((i * step + step / 2) / days) * W - wide / 2} width={wide} y={H - 16 - (n / most) * 26} height={(n / most) * 26} />)}
      {disputes.filter((d) => d.opened >= first && d.opened <= last).map((d) => <path key={d.id} class="opened" d={`M${x(d.opened)} 1v6`} />)}
    </>
  ), [bars, disputes, first, last]);
  return (
    <div class="track">
      <svg viewBox={`0 0 ${W} ${H}`} preserveAspectRatio="none" aria-hidden="true">
        <rect class="window" x={x(from) - W / days / 2} y={0} width={x(shown) - x(from) + W / days} height={H - 14} />
        {drawn}
        <path class="now" d={`M${x(shown)} 0V${H - 14}`} />
      </svg>
      <div class="months" aria-hidden="true">
        {monthStarts(first, last, innerWidth < 700 ? 5 : 12).map((d) => <span key={d} ref={(el) => { if (el) el.style.left = `${(x(d) / W) * 100}%`; }}>{month(d)}</span>)}
      </div>
      <input class="thumb" type="range" aria-label="Day" aria-valuetext={written(shown)} min={0} max={days - 1} value={number(shown) - a} onInput={(e) => put(e, "day")} onChange={() => setDragging(null)} />
      <input class="thumb from" type="range" aria-label="Events from" aria-valuetext={written(from)} min={0} max={days - 1} value={number(from) - a} onInput={(e) => put(e, "from")} onChange={() => setDragging(null)} />
      {dragging && <output class="dragged" ref={(el) => { if (el) el.style.left = `${(x(dragging) / W) * 100}%`; }}>{written(dragging)}</output>}
      <Behind title="Activity" head={["From", counted]} rows={() => bars.flatMap((n, i) => (n > 0 ? [[day(a + i * step), n]] : []))} />
    </div>
  );
}
