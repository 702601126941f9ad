// The page: head, map, time, panel.

import { useEffect, useMemo, useState } from "preact/hooks";
import { forget, listen, giveToken } from "./api/client";
import { MapView } from "./map/map";
import { Legend } from "./map/legend";
import { happenings } from "./map/clusters";
import { ActorsPanel } from "./panels/actors";
import { DisputePanel, DisputesPanel } from "./panels/disputes";
import { EventPanel, EventsPanel } from "./panels/events";
import { PlacePanel } from "./panels/place";
import { ReportPanel, ReportsPanel } from "./panels/report";
import { ReviewPanel } from "./panels/review";
import { SearchField, SearchPanel } from "./panels/search";
import { SituationPanel } from "./panels/situation";
import { SourcesPanel } from "./panels/sources";
import { Behind, Empty, To } from "./parts/bits";
import { Help } from "./parts/help";
import { Save } from "./saving/save";
import { about, address, go, renew, useView } from "./state/store";
import type { Panel } from "./state/view";
import { useWorld, type World } from "./state/world";
import { Story } from "./story/story";
import { Slider } from "./time/slider";
import { many, percent, statusWords } from "./words/words";

const tabs: [Panel, string, Panel[]][] = [
  ["situation", "Situation", ["place"]],
  ["disputes", "Disputes", ["dispute"]],
  ["events", "Events", ["event"]],
  ["reports", "Reports", ["report"]],
  ["sources", "Sources", []],
  ["actors", "Actors", []],
  ["review", "Review", []],
];

type Theme = "auto" | "light" | "dark";

export function App() {
  const { world, error } = useWorld();
  const [help, setHelp] = useState(false);
  const [theme, setTheme] = useState<Theme>(() => (localStorage.getItem("theme") as Theme | null) ?? "auto");
  const [said, say] = useState("");
  const dark = useDark(theme);

  useEffect(() => {
    if (theme === "auto") delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = theme;
    localStorage.setItem("theme", theme);
  }, [theme]);

  useEffect(() => listen(() => { forget(); renew(); say("The ledger has new reports."); }), []);
  useEffect(() => {
    if (!said) return;
    const timer = setTimeout(() => say(""), 4000);
    return () => clearTimeout(timer);
  }, [said]);

  useEffect(() => {
    const keys = (e: KeyboardEvent) => {
      const typing = e.target instanceof HTMLInputElement || e.target instanceof HTMLTextAreaElement || e.target instanceof HTMLSelectElement;
      if (typing || e.ctrlKey || e.metaKey || e.altKey) return;
      if (e.key === "?") setHelp(true);
      else if (e.key === "/") document.getElementById("search")?.focus();
      else if (e.key >= "1" && e.key <= "7") go(about(tabs[Number(e.key) - 1]![0]));
      else if (e.key === "m") (document.querySelector(".ground canvas") as HTMLElement | null)?.focus();
      else if (e.key === "Backspace") history.back();
      else if (e.key === "c") void navigator.clipboard?.writeText(location.origin + address({})).then(() => say("Link copied."));
      else if (e.key === "n") (document.querySelector(".story .primary, .story-open") as HTMLElement | null)?.click();
      else if (e.key === "b") (document.querySelector(".story button") as HTMLElement | null)?.click();
      else return;
      e.preventDefault();
    };
    addEventListener("keydown", keys);
    return () => removeEventListener("keydown", keys);
  }, []);

  return (
    <>
      <a class="skip" href="#panel" onClick={(e) => { e.preventDefault(); document.getElementById("panel")?.focus(); }}>To the text</a>
      <header class="head">
        <p class="name"><img src="/mark.svg" alt="" width="22" height="22" /> contested</p>
        <Tabs />
        <SearchField />
        <div class="tools">
          {world && <Save world={world} />}
          <button type="button" onClick={() => setTheme(theme === "auto" ? (dark ? "light" : "dark") : theme === "dark" ? "light" : "dark")} aria-label={dark ? "Light colours" : "Dark colours"} title="Light or dark">{dark ? "☀" : "☾"}</button>
          <button type="button" onClick={() => setHelp(true)} aria-label="Keys" title="Keys (?)">?</button>
        </div>
      </header>
      {error && !world && <main class="alone"><div class="wrong" role="alert"><p><b>The ledger cannot be read.</b></p><p>{error.message}{error.hint ? `; ${error.hint}` : ""}</p><TokenForm status={error.status} /><button type="button" onClick={renew}>Try again</button></div></main>}
      {!error && !world && <main class="alone"><p class="waiting" aria-live="polite">Reading the ledger …</p></main>}
      {world && (world.meta.ledger.reports === 0 ? <EmptyLedger /> : <Page world={world} theme={`${theme} ${dark}`} />)}
      <p class="said" role="status" aria-live="polite">{said}</p>
      {help && <Help close={() => setHelp(false)} />}
    </>
  );
}

function TokenForm({ status }: { status: number }) {
  if (status !== 401) return null;
  const use = (e: Event) => {
    e.preventDefault();
    giveToken(((e.target as HTMLFormElement).elements.namedItem("token") as HTMLInputElement).value);
    renew();
  };
  return <form onSubmit={use}><label>Token <input name="token" type="password" autocomplete="off" /></label> <button type="submit">Use it</button></form>;
}

function useDark(theme: Theme): boolean {
  const query = useMemo(() => matchMedia("(prefers-color-scheme: dark)"), []);
  const [system, set] = useState(query.matches);
  useEffect(() => {
    const follow = () => set(query.matches);
    query.addEventListener("change", follow);
    return () => query.removeEventListener("change", follow);
  }, [query]);
  return theme === "auto" ? system : theme === "dark";
}

function Tabs() {
  const view = useView();
  return (
    <nav class="tabs" aria-label="Panels">
      {tabs.map(([panel, title, also]) => {
        const here = view.panel === panel || also.includes(view.panel);
        return (
          <a key={panel} href={address(about(panel))} aria-current={here ? "page" : undefined} onClick={(e) => { if (!e.metaKey && !e.ctrlKey && !e.shiftKey) { e.preventDefault(); go(about(panel)); } }}>{title}</a>
        );
      })}
    </nav>
  );
}

function EmptyLedger() {
  return (
    <main class="alone">
      <h1>The ledger is empty</h1>
      <p>Add reports, and they appear here without reloading:</p>
      <pre>contested add reports.jsonl</pre>
      <p class="muted">A report a line: <code>text</code>, and where known <code>id</code>, <code>source</code>, <code>published</code>. `contested demo --serve` shows a ledger that is filled.</p>
    </main>
  );
}

function Page({ world, theme }: { world: World; theme: string }) {
  const view = useView();
  const happened = useMemo(() => happenings(world.shownEvents), [world.shownEvents]);
  const picked = view.panel === "place" ? view.id : view.panel === "dispute" ? placeOf(world, view.id) : null;
  const shown = useMemo(
    () => ({ spots: world.spots, happenings: happened, picked }),
    [world.spots, happened, picked],
  );
  const activity = useMemo(
    () => (world.big ? world.ground.flatMap((g) => g.changes.segments.slice(1).map((s) => s.from)) : world.events.map((e) => e.days[1])),
    [world.big, world.big ? world.ground : world.events],
  );
  const holders = [...world.holders.values()];
  return (
    <main class="page">
      <h1 class="hidden">Who holds what, according to whom</h1>
      <div class="stage">
      <section class="view" aria-label="Map">
        <MapView shown={shown} theme={theme} />
        <Legend holders={holders} />
        {view.source && (
          <p class="filtering">Only what <b dir="auto">{view.source}</b> has a say in; who holds what still weighs all sources. <button type="button" onClick={() => go({ source: null })}>Show all</button></p>
        )}
        {world.error && <p class="notice" role="alert">{world.error.message}</p>}
        <div class="map-table">
          <Behind title="Map" head={["Place", "Status", "Holder", "Chance", "Sources disagree", "Changed lately"]}
            rows={() => world.spots.map((s) => [s.name, statusWords[s.status], s.holder ?? "", percent(s.chance), s.disputed ? "yes" : "", s.changed ? "yes" : ""])} />
        </div>
      </section>
      <Story world={world} />
      </div>
      <Slider first={world.first} last={world.last} activity={activity} counted={world.big ? "Changes of status" : "Events"} disputes={world.disputes} />
      <section class="panel" id="panel" tabIndex={-1} aria-label="Panel" key={`${view.panel} ${view.id} ${view.panel === "report" && view.id === null ? view.claim : ""}`}>
        {view.panel === "situation" && <SituationPanel world={world} />}
        {view.panel === "disputes" && <DisputesPanel world={world} />}
        {view.panel === "dispute" && (view.id ? <DisputePanel world={world} id={view.id} /> : <Empty>No dispute is chosen.</Empty>)}
        {view.panel === "events" && <EventsPanel world={world} />}
        {view.panel === "event" && (view.id ? <EventPanel world={world} id={view.id} /> : <Empty>No event is chosen.</Empty>)}
        {view.panel === "place" && (view.id ? <PlacePanel world={world} id={view.id} /> : <Empty>No place is chosen.</Empty>)}
        {view.panel === "reports" && <ReportsPanel world={world} />}
        {view.panel === "report" && (view.id || view.claim ? <ReportPanel id={view.id} /> : <Empty>No report is chosen.</Empty>)}
        {view.panel === "sources" && <SourcesPanel />}
        {view.panel === "actors" && <ActorsPanel world={world} />}
        {view.panel === "search" && <SearchPanel />}
        {view.panel === "review" && <ReviewPanel />}
        <footer class="small muted">
          {many(world.meta.ledger.reports, "report")}, {many(world.meta.ledger.claims, "claim")}. contested {world.meta.version}. Every line leads to its sentence. <To patch={{}}>Link to this</To>
        </footer>
      </section>
    </main>
  );
}

function placeOf(world: World, id: string | null): string | null {
  const dispute = world.disputes.find((d) => d.id === id);
  const name = dispute?.about[0];
  return world.ground.find((g) => g.changes.place.name === name)?.changes.place.id ?? null;
}

