// The map: MapLibre draws the ground, the overlay all that the ledger says.

import { Map as LibreMap, setWorkerUrl } from "maplibre-gl";
import workerUrl from "maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url";
import { useEffect, useRef, useState } from "preact/hooks";
import { about, current, go } from "../state/store";
import { statusWords, sure } from "../words/words";
import { baseColours, load, recolour, style } from "./base";
import { mercatorX, mercatorY, scale, type Camera } from "./camera";
import { clusters, type Happening } from "./clusters";
import { draw, forgetSprites, hit, paint, type BaseName, type Paint, type Scene, type Spot } from "./overlay";

setWorkerUrl(new URL(workerUrl, location.href).href);

export interface Shown {
  spots: Spot[];
  happenings: Happening[];
  picked: string | null;
}

/** Room around what is shown: the legend lies on the left where the map is wide. */
function padding(box: HTMLElement): { top: number; bottom: number; left: number; right: number } {
  const legend = box.closest(".view")?.querySelector<HTMLElement>(".legend[open]");
  const wide = box.clientWidth > 700;
  const story = wide ? box.closest(".stage")?.querySelector<HTMLElement>(".story") : null;
  return { top: 50, bottom: story ? story.offsetHeight + 30 : 60, left: wide && legend ? legend.offsetWidth + 50 : 50, right: wide ? 130 : 60 };
}

interface Hover {
  x: number;
  y: number;
  title: string;
  text: string;
}

/** The canvas of the map as a picture, for saving; set while the map is there. */
export let picture: (() => Promise<HTMLCanvasElement>) | null = null;

/** Moves the map so that a place is seen; set while the map is there. */
export let show: ((lon: number, lat: number, zoom?: number) => void) | null = null;

export function MapView({ shown, theme }: { shown: Shown; theme: string }) {
  const box = useRef<HTMLDivElement>(null);
  const over = useRef<HTMLCanvasElement>(null);
  const map = useRef<LibreMap | null>(null);
  const state = useRef<{ shown: Shown; names: BaseName[]; paint: Paint | null; scene: Scene | null; fitted: boolean }>({ shown, names: [], paint: null, scene: null, fitted: false });
  const [hover, setHover] = useState<Hover | null>(null);
  const [broken, setBroken] = useState<string | null>(null);
  state.current.shown = shown;

  const camera = (): Camera => {
    const m = map.current!;
    const { lng, lat } = m.getCenter();
    return { x: mercatorX(lng), y: mercatorY(lat), zoom: m.getZoom(), width: m.getContainer().clientWidth, height: m.getContainer().clientHeight };
  };

  const redraw = () => {
    const canvas = over.current;
    if (!canvas || !map.current) return;
    const c = camera();
    const dpr = Math.min(2, devicePixelRatio || 1);
    if (canvas.width !== Math.round(c.width * dpr) || canvas.height !== Math.round(c.height * dpr)) {
      canvas.width = Math.round(c.width * dpr);
      canvas.height = Math.round(c.height * dpr);
    }
    const s = state.current;
    s.scene = { spots: s.shown.spots, clusters: clusters(s.shown.happenings, scale(c)), names: s.names, picked: s.shown.picked };
    draw(canvas.getContext("2d")!, c, s.scene, (s.paint ??= paint()), dpr);
  };

  useEffect(() => {
    const start = current().at;
    let m: LibreMap;
    try {
      m = new LibreMap({
        container: box.current!,
        style: style(baseColours()),
        center: start ? [start[0], start[1]] : [40, 34],
        zoom: start ? start[2] : 4,
        minZoom: 1.2,
        maxZoom: 12,
        attributionControl: false,
        renderWorldCopies: false,
        dragRotate: false,
        pitchWithRotate: false,
        touchPitch: false,
        fadeDuration: 0,
        validateStyle: false,
      });
    } catch {
      setBroken("This browser draws no WebGL, so there is no map. The tables and panels work without it.");
      return;
    }
    map.current = m;
    state.current.fitted = start !== null;
    m.touchZoomRotate.disableRotation();
    m.keyboard.disableRotation();
    m.getCanvas().setAttribute("aria-label", "Map. Arrow keys move it, plus and minus zoom. The table of places below says the same.");
    m.on("render", redraw);
    m.once("style.load", () => {
      load(m, (names) => {
        state.current.names = names;
        redraw();
        performance.mark("base-map");
      }).catch((e: Error) => setBroken(e.message));
    });
    m.on("moveend", (e) => {
      if (!("originalEvent" in e)) return;
      const { lng, lat } = m.getCenter();
      go({ at: [Math.round(lng * 1e3) / 1e3, Math.round(lat * 1e3) / 1e3, Math.round(m.getZoom() * 100) / 100] }, "replace");
    });
    m.on("click", (e) => {
      const scene = state.current.scene;
      const under = scene && hit(camera(), scene, e.point.x, e.point.y);
      if (!under) return;
      if ("spot" in under) go(about("place", under.spot.id));
      else if (under.cluster.events.length === 1) go(about("event", under.cluster.events[0]!.id));
      else go({ ...about("events"), q: under.cluster.events[0]!.places[0] ?? "" });
    });
    m.on("mousemove", (e) => {
      const scene = state.current.scene;
      const under = scene && hit(camera(), scene, e.point.x, e.point.y);
      m.getCanvas().style.cursor = under ? "pointer" : "";
      if (!under) return setHover(null);
      if ("spot" in under) {
        const s = under.spot;
        setHover({
          x: e.point.x, y: e.point.y, title: s.name,
          text: `${statusWords[s.status]}${s.holder ? (s.status === "held" ? ` by ${s.holder}` : `, ${s.holder} foremost`) : ""}${s.status === "held" ? `: ${sure(s.chance)}` : ""}${s.disputed ? "; sources disagree" : ""}${s.changed ? "; changed within a week" : ""}`,
        });
      } else {
        const events = under.cluster.events;
        setHover({ x: e.point.x, y: e.point.y, title: events.length === 1 ? events[0]!.text : `${events.length} events`, text: events.length === 1 ? "" : events.slice(0, 3).map((x) => x.text).join("; ") });
      }
    });
    m.on("mouseout", () => setHover(null));
    const size = new ResizeObserver(() => m.resize());
    size.observe(box.current!);
    show = (lon, lat, zoom) => {
      state.current.fitted = true;
      const room = padding(m.getContainer());
      const duration = matchMedia("(prefers-reduced-motion: reduce)").matches ? 0 : 500;
      m.easeTo({ center: [lon, lat], zoom: Math.max(m.getZoom(), zoom ?? 6), duration, offset: [(room.left - room.right) / 2, (room.top - room.bottom) / 2] });
    };
    picture = () =>
      new Promise((done) => {
        m.once("render", () => {
          const below = m.getCanvas();
          const canvas = document.createElement("canvas");
          canvas.width = below.width;
          canvas.height = below.height;
          const ctx = canvas.getContext("2d")!;
          ctx.drawImage(below, 0, 0);
          ctx.drawImage(over.current!, 0, 0, canvas.width, canvas.height);
          done(canvas);
        });
        m.triggerRepaint();
      });
    return () => {
      size.disconnect();
      m.remove();
      map.current = picture = show = null;
    };
  }, []);

  useEffect(() => {
    state.current.paint = null;
    forgetSprites();
    if (map.current?.isStyleLoaded()) recolour(map.current, baseColours());
    redraw();
  }, [theme]);

  const fit = (spotsToFit: Spot[]) => {
    const m = map.current;
    const points = spotsToFit.filter((s) => !s.area);
    if (!m || points.length === 0) return;
    const lons = points.map((s) => s.x * 360 - 180), lats = points.map((s) => s.lat);
    m.fitBounds([[Math.min(...lons), Math.min(...lats)], [Math.max(...lons), Math.max(...lats)]], { padding: padding(m.getContainer()), maxZoom: 8, duration: 0 });
  };

  useEffect(() => {
    if (!state.current.fitted && shown.spots.length > 0) {
      state.current.fitted = true;
      fit(shown.spots);
    }
    redraw();
    if (shown.spots.length > 0) performance.mark("drawn");
  }, [shown]);

  return (
    <div class="map">
      <div class="ground" ref={box} />
      <canvas class="overlay" ref={over} aria-hidden="true" />
      {broken && <p class="notice" role="alert">{broken}</p>}
      {hover && (
        <div class="hover" ref={(el) => { if (el) { el.style.left = `${hover.x}px`; el.style.top = `${hover.y}px`; } }}>
          <b dir="auto">{hover.title}</b> {hover.text}
        </div>
      )}
      <div class="zooms" role="group" aria-label="Zoom">
        <button type="button" onClick={() => map.current?.zoomIn()} aria-label="Zoom in">+</button>
        <button type="button" onClick={() => map.current?.zoomOut()} aria-label="Zoom out">−</button>
        <button type="button" onClick={() => fit(shown.spots)} aria-label="Show all places" title="Show all places">⤢</button>
      </div>
    </div>
  );
}
