// The demonstration's guided opening: chapters that set the view. It shows in a minute what the program is for, and gets out of the way.

import { useEffect } from "preact/hooks";
import type { Dispute } from "../api/types";
import { go, useView } from "../state/store";
import { start, type View } from "../state/view";
import type { World } from "../state/world";
import { show } from "../map/map";

interface Chapter {
  title: string;
  text: string;
  /** The view of the chapter, found in the ledger rather than written down where ids are needed. */
  view: (world: World) => Partial<View>;
}

const town = (world: World) => world.ground.find((g) => g.changes.place.name === "Albu Kamal")?.changes.place ?? null;

const dispute = (world: World, question: string, opened: string): Dispute | undefined =>
  world.disputes.find((d) => d.question === question && d.about.includes("Albu Kamal") && d.opened === opened);

const toDispute = (world: World, question: string, opened: string): Partial<View> => {
  const found = dispute(world, question, opened);
  return found ? { panel: "dispute", id: found.id } : { panel: "disputes", id: null };
};

const toTown = (world: World): Partial<View> => {
  const place = town(world);
  return place ? { panel: "place", id: place.id } : { panel: "situation", id: null };
};

export const chapters: Chapter[] = [
  {
    title: "One town is left",
    text: "Early November 2017. All that is reported agrees: Islamic State holds Albu Kamal, on the Euphrates at the Iraqi border. The dot is full, because nobody says otherwise.",
    view: (w) => ({ ...toTown(w), day: "2017-11-07", known: "then" }),
  },
  {
    title: "8 November: taken, says one. Not true, says another",
    text: "A state agency and the alliance's media announce the capture. A monitor answers that it is not true and that fighting goes on. Who is right? Nobody can know yet. The town turns contested: a dashed ring, and both sides in their own words.",
    view: (w) => ({ ...toDispute(w, "control", "2017-11-08"), day: "2017-11-08", known: "then" }),
  },
  {
    title: "9 November: announced again, denied again",
    text: "The army command repeats the capture. Two outlets carry that, one copied from the other; it counts once, because what counts is who vouches. The monitor still says no. Each dot under the strip is a claim.",
    view: (w) => ({ ...toTown(w), day: "2017-11-09", known: "then" }),
  },
  {
    title: "11–12 November: lost again",
    text: "The monitor reports that Islamic State is back. A militia denies that its fighters withdrew. A new dispute opens while the first is still open.",
    view: (w) => ({ ...toDispute(w, "control", "2017-11-12"), day: "2017-11-12", known: "then" }),
  },
  {
    title: "19 November: settled",
    text: "The army says that it has taken the town “again”, and so admits that it had lost it. The monitor agrees this time. The dispute of 8 November closes by admission.",
    view: (w) => ({ ...toDispute(w, "control", "2017-11-08"), day: "2017-11-19", known: "then" }),
  },
  {
    title: "Known then, known today",
    text: "Back to 12 November, with all that is known today: the same day looks different. Switch between “that day” and “today” below the map. And see under Sources what became of everybody's claims.",
    view: (w) => ({ ...toTown(w), day: "2017-11-12", known: "now" }),
  },
];

export function Story({ world }: { world: World }) {
  const view = useView();
  const n = view.step;
  const chapter = n === null ? undefined : chapters[n];
  const tell = (step: number) => {
    const next = chapters[step];
    if (!next) return;
    // Disputes of a day may not be known yet: the chapter is set again once they are.
    go({ ...start, ...next.view(world), step, at: view.at }, n === null && step === 0 ? "replace" : "push");
  };
  // The demonstration opens with its story, unless the address asks for something or the reader has closed it before.
  useEffect(() => {
    if (world.meta.demo && location.search === "" && localStorage.getItem("story") !== "closed") tell(0);
  }, []);
  const close = () => {
    localStorage.setItem("story", "closed");
    go({ step: null });
  };
  // An address that names a chapter only, or a chapter whose dispute has just become known, is filled in.
  useEffect(() => {
    if (!chapter) return;
    const wanted = chapter.view(world);
    if (view.day === null || (view.panel === "disputes" && wanted.panel === "dispute" && view.day === wanted.day)) go({ ...wanted }, "replace");
  }, [chapter, world.disputes, view.day, view.panel]);
  useEffect(() => {
    const place = chapter && view.at === null ? town(world) : null;
    if (place && typeof place.lon === "number" && typeof place.lat === "number") show?.(place.lon, place.lat, 7.2);
  }, [n, world.ground.length > 0]);
  if (!chapter || n === null) {
    return world.meta.demo ? <button type="button" class="story-open" onClick={() => tell(0)}>The story of Albu Kamal</button> : null;
  }
  return (
    <aside class="story" aria-label="The story of Albu Kamal">
      <p class="kicker">{n + 1} of {chapters.length}</p>
      <h2>{chapter.title}</h2>
      <p aria-live="polite">{chapter.text}</p>
      <p class="actions">
        <button type="button" onClick={() => tell(n - 1)} disabled={n === 0}>Back</button>
        {n + 1 < chapters.length ? <button type="button" class="primary" onClick={() => tell(n + 1)}>Next</button> : <button type="button" class="primary" onClick={close}>Look around</button>}
        <button type="button" class="quiet" onClick={close}>Close</button>
      </p>
    </aside>
  );
}
