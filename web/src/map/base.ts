// The base map: countries, provinces, rivers and deserts from Natural Earth, shipped with the page. No tiles, no glyphs, no sprites.

import { feature } from "topojson-client";
import type { Topology } from "topojson-specification";
import type { GeoJSONSource, Map as LibreMap, StyleSpecification } from "maplibre-gl";
import { mercatorX, mercatorY } from "./camera";
import type { BaseName } from "./overlay";

interface BaseFile {
  topology: Topology;
  labels: [string, number, number, number, string][];
}

const nothing = { type: "FeatureCollection" as const, features: [] };

export interface BaseColours {
  land: string;
  water: string;
  border: string;
  faint: string;
  river: string;
  desert: string;
  accent: string;
}

export function baseColours(): BaseColours {
  const style = getComputedStyle(document.documentElement);
  const c = (name: string) => style.getPropertyValue(name).trim();
  return { land: c("--land"), water: c("--water"), border: c("--border"), faint: c("--border-faint"), river: c("--river"), desert: c("--desert"), accent: c("--muted") };
}

export function style(c: BaseColours): StyleSpecification {
  const lines = (width: number) => ["interpolate", ["linear"], ["zoom"], 2, width * 0.6, 8, width * 1.6] as never;
  return {
    version: 8,
    sources: Object.fromEntries(
      ["countries", "provinces", "rivers", "deserts", "disputed"].map((name) => [name, { type: "geojson" as const, data: nothing, tolerance: 0.3 }]),
    ),
    layers: [
      { id: "water", type: "background", paint: { "background-color": c.water } },
      { id: "land", type: "fill", source: "countries", paint: { "fill-color": c.land, "fill-antialias": false } },
      { id: "deserts", type: "fill", source: "deserts", paint: { "fill-color": c.desert, "fill-antialias": false } },
      { id: "provinces", type: "line", source: "provinces", minzoom: 4, paint: { "line-color": c.faint, "line-width": lines(0.6), "line-dasharray": [4, 2] } },
      {
        id: "rivers", type: "line", source: "rivers",
        paint: { "line-color": c.river, "line-width": ["interpolate", ["linear"], ["zoom"], 3, 0.4, 6, ["-", 2, ["*", 0.18, ["get", "rank"]]], 10, ["-", 4.2, ["*", 0.35, ["get", "rank"]]]] },
        filter: ["<=", ["get", "rank"], ["+", ["zoom"], 1]],
      },
      { id: "coast", type: "line", source: "countries", paint: { "line-color": c.border, "line-width": lines(0.8) } },
      { id: "disputed", type: "line", source: "disputed", minzoom: 3, paint: { "line-color": c.accent, "line-width": lines(0.8), "line-dasharray": [2, 2] } },
    ],
  };
}

/** Gives the layers other colours: the reader changed from light to dark. */
export function recolour(map: LibreMap, c: BaseColours): void {
  map.setPaintProperty("water", "background-color", c.water);
  map.setPaintProperty("land", "fill-color", c.land);
  map.setPaintProperty("deserts", "fill-color", c.desert);
  map.setPaintProperty("provinces", "line-color", c.faint);
  map.setPaintProperty("rivers", "line-color", c.river);
  map.setPaintProperty("coast", "line-color", c.border);
  map.setPaintProperty("disputed", "line-color", c.accent);
}

async function file(name: string): Promise<BaseFile> {
  const response = await fetch(`/base/${name}`);
  if (!response.ok) throw new Error(`the base map could not be read: ${name} (${response.status})`);
  return (await response.json()) as BaseFile;
}

const order = ["sea", "country", "disputed", "province", "river", "desert", "range", "plateau", "plain"];

function names(of: BaseFile): BaseName[] {
  return of.labels
    .map(([text, lon, lat, rank, kind]): BaseName => [text, mercatorX(lon), mercatorY(lat), rank, kind])
    .sort((a, b) => a[3] - b[3] || order.indexOf(a[4]) - order.indexOf(b[4]));
}

// The coarse world is asked for before the map is there.
const world = file("world.json");
world.catch(() => undefined);

/** Draws the coarse world first and the details after the first picture; calls `named` with the names so far. */
export async function load(map: LibreMap, named: (names: BaseName[]) => void): Promise<void> {
  const set = (source: string, from: BaseFile, object: string) =>
    (map.getSource(source) as GeoJSONSource | undefined)?.setData(feature(from.topology, from.topology.objects[object]!) as never);
  const coarse = await world;
  set("countries", coarse, "countries");
  named(names(coarse));
  await new Promise((done) => setTimeout(done, 300));
  const detail = await file("detail.json");
  for (const object of ["rivers", "provinces", "disputed", "deserts", "countries"]) {
    set(object, detail, object);
    await new Promise((done) => setTimeout(done, 0));
  }
  named([...names(coarse), ...names(detail)].sort((a, b) => a[3] - b[3]));
}
