// Draws places, events and all names above the base map, on a canvas of its own: a step in time redraws only this, and names of any script come from
// the system's fonts.

import type { Status } from "../api/types";
import { pixelsPerKm, scale, type Camera } from "./camera";
import type { Cluster } from "./clusters";
import { outline, strength, type Mark } from "./marks";
import type { Group } from "../words/words";

/** A place as it is drawn on a day. */
export interface Spot {
  id: string;
  name: string;
  x: number;
  y: number;
  lat: number;
  radius: number;
  holder: string | null;
  mark: Mark;
  /** Colour of who contends. */
  second: number;
  status: Status;
  chance: number;
  changed: boolean;
  disputed: boolean;
  /** An area rather than a point. */
  area: boolean;
}

/** A name of the base map: text, mercator x and y, rank, kind. */
export type BaseName = [string, number, number, number, string];

export interface Scene {
  spots: Spot[];
  clusters: Cluster[];
  names: BaseName[];
  picked: string | null;
}

export interface Paint {
  ink: string;
  muted: string;
  paper: string;
  water: string;
  accent: string;
  grey: string;
  holders: string[];
}

/** The colours of the style sheet, as they are now. */
export function paint(): Paint {
  const style = getComputedStyle(document.documentElement);
  const c = (name: string) => style.getPropertyValue(name).trim();
  return {
    ink: c("--ink"), muted: c("--muted"), paper: c("--land"), water: c("--water-ink"), accent: c("--accent"), grey: c("--grey"),
    holders: Array.from({ length: 8 }, (_, i) => c(`--h${i}`)),
  };
}

const sprites = new Map<string, ImageBitmap>();

/** Forgets drawn marks: the colours have changed. */
export function forgetSprites(): void {
  sprites.clear();
}

/** A mark, drawn once and then copied; as a bitmap, because a canvas as a source is looked at anew with every copy. */
function sprite(spot: Spot, r: number, dpr: number, p: Paint): ImageBitmap {
  const alpha = strength(spot.status, spot.chance);
  const key = `${spot.mark.shape} ${spot.mark.colour} ${spot.second} ${spot.status} ${alpha} ${r} ${dpr}`;
  const known = sprites.get(key);
  if (known) return known;
  const size = Math.ceil((r * 1.5 + 3) * 2 * dpr);
  const canvas = new OffscreenCanvas(size, size);
  const ctx = canvas.getContext("2d")!;
  ctx.scale(dpr, dpr);
  ctx.translate(size / dpr / 2, size / dpr / 2);
  const path = new Path2D(outline(spot.mark.shape, r));
  const colour = p.holders[spot.mark.colour] ?? p.grey;
  ctx.lineJoin = "round";
  ctx.lineWidth = 3;
  ctx.strokeStyle = p.paper;
  ctx.stroke(path);
  ctx.fillStyle = p.paper;
  ctx.fill(path);
  if (spot.status !== "unknown") {
    ctx.globalAlpha = alpha;
    ctx.fillStyle = colour;
    ctx.fill(path);
    ctx.globalAlpha = 1;
  }
  if (spot.status === "contested") {
    ctx.save();
    ctx.clip(path);
    ctx.strokeStyle = p.holders[spot.second] ?? p.paper;
    ctx.lineWidth = Math.max(1.6, r * 0.36);
    ctx.beginPath();
    for (let i = -4; i <= 4; i++) {
      ctx.moveTo(i * r * 0.75 - r * 2, r * 2);
      ctx.lineTo(i * r * 0.75 + r * 2, -r * 2);
    }
    ctx.stroke();
    ctx.restore();
  }
  ctx.lineWidth = spot.status === "held" ? 1.2 : 1.6;
  if (spot.status === "unclear") ctx.setLineDash([2.5, 2]);
  ctx.strokeStyle = colour;
  ctx.stroke(path);
  const bitmap = canvas.transferToImageBitmap();
  sprites.set(key, bitmap);
  return bitmap;
}

/** Signs of groups of events, within 5 pixels around 0, 0. */
export const signs: Record<Group, string> = {
  territory: "M-3 5V-5L4 -2.5L-3 0",
  combat: "M-4 -4L4 4M4 -4L-4 4",
  strikes: "M0 -5V5M-4.3 -2.5L4.3 2.5M4.3 -2.5L-4.3 2.5",
  people: "M0 -1.5A1.9 1.9 0 1 0 0 -5.3A1.9 1.9 0 1 0 0 -1.5M-3.6 5C-3.6 -0.5 3.6 -0.5 3.6 5",
  movement: "M-5 0H4M1 -3.5L4.5 0L1 3.5",
  politics: "M-4.5 -4H4.5V2H0L-2.5 5V2H-4.5Z",
};

const widths = new Map<string, number>();

function width(ctx: CanvasRenderingContext2D, text: string): number {
  const key = `${ctx.font} ${text}`;
  let w = widths.get(key);
  if (w === undefined) {
    if (widths.size > 20_000) widths.clear();
    widths.set(key, (w = ctx.measureText(text).width));
  }
  return w;
}

/** Room that is taken, in cells, so that a name is compared only with its neighbours. */
class Room {
  private cells = new Map<number, [number, number, number, number][]>();

  /** Takes a rectangle if it is free. */
  take(x: number, y: number, w: number, h: number): boolean {
    const cells: number[] = [];
    for (let i = Math.floor(x / 64); i <= Math.floor((x + w) / 64); i++) for (let j = Math.floor(y / 64); j <= Math.floor((y + h) / 64); j++) cells.push(i * 4096 + j);
    for (const c of cells) for (const [a, b, d, e] of this.cells.get(c) ?? []) if (x < a + d && a < x + w && y < b + e && b < y + h) return false;
    for (const c of cells) (this.cells.get(c) ?? this.cells.set(c, []).get(c)!).push([x, y, w, h]);
    return true;
  }
}

const sans = 'system-ui, -apple-system, "Segoe UI", "Noto Sans", sans-serif';
const serif = '"Iowan Old Style", Palatino, "Palatino Linotype", "Noto Serif", Georgia, serif';

/** Long names cannot push everything else aside. */
const shown = (name: string): string => (name.length > 40 ? `${[...name].slice(0, 39).join("")}…` : name);

/** The size of a mark at a zoom. */
export function size(zoom: number): number {
  return Math.round(Math.max(3.5, Math.min(10, 2.2 + zoom * 0.95)) * 2) / 2;
}

const nameStyle: Record<string, { font: (zoom: number) => string; until: number; spaced: string }> = {
  country: { font: (z) => `600 ${z < 4 ? 11 : 13}px ${sans}`, until: 8, spaced: "2px" },
  province: { font: () => `500 11px ${sans}`, until: 11, spaced: "1px" },
  sea: { font: (z) => `italic ${z < 4 ? 12 : 14}px ${serif}`, until: 20, spaced: "1px" },
  river: { font: () => `italic 11px ${serif}`, until: 20, spaced: "0.5px" },
  desert: { font: () => `italic 12px ${serif}`, until: 20, spaced: "2px" },
  range: { font: () => `italic 11px ${serif}`, until: 20, spaced: "1px" },
  plateau: { font: () => `italic 11px ${serif}`, until: 20, spaced: "1px" },
  plain: { font: () => `italic 11px ${serif}`, until: 20, spaced: "1px" },
  disputed: { font: () => `italic 11px ${sans}`, until: 20, spaced: "0.5px" },
};

/** At most so many names in one picture: more cannot be read, and each costs time. */
const NAMES = 160;

/** So many places in one picture are a crowd. */
const CROWD = 2500;

export function draw(ctx: CanvasRenderingContext2D, camera: Camera, scene: Scene, p: Paint, dpr: number): void {
  const { width: w, height: h } = camera;
  const world = scale(camera);
  const left = w / 2 - camera.x * world;
  const top = h / 2 - camera.y * world;
  ctx.setTransform(dpr, 0, 0, dpr, 0, 0);
  ctx.clearRect(0, 0, w, h);
  const room = new Room();
  const near = scene.spots.filter((s) => {
    const x = s.x * world + left, y = s.y * world + top;
    return x > -40 && x < w + 40 && y > -40 && y < h + 40;
  });

  // Where thousands of places are in view, smaller marks leave them apart, and cost less.
  const r = near.length > CROWD ? Math.max(3, Math.round(size(camera.zoom) * 1.3) / 2) : size(camera.zoom);
  ctx.imageSmoothingEnabled = false;
  drawRadii(ctx, camera, near, scene.clusters, world, left, top, p);
  for (const s of near) {
    const x = s.x * world + left, y = s.y * world + top;
    const image = sprite(s, r, dpr, p);
    const half = image.width / dpr / 2;
    ctx.drawImage(image, Math.round((x - half) * dpr) / dpr, Math.round((y - half) * dpr) / dpr, half * 2, half * 2);
    if (near.length < CROWD) room.take(x - r - 2, y - r - 2, 2 * r + 4, 2 * r + 4);
  }
  drawRings(ctx, near, scene.picked, r, world, left, top, p);
  drawClusters(ctx, scene.clusters, r, world, left, top, w, h, p, room);
  drawNames(ctx, camera, scene, near, r, world, left, top, p, room);
}

function drawRadii(ctx: CanvasRenderingContext2D, camera: Camera, near: Spot[], all: Cluster[], world: number, left: number, top: number, p: Paint): void {
  const circle = (x: number, y: number, lat: number, km: number, colour: string) => {
    const px = km * pixelsPerKm(camera, lat);
    if (px < 12 || px > 900) return;
    ctx.beginPath();
    ctx.arc(x * world + left, y * world + top, px, 0, 2 * Math.PI);
    ctx.globalAlpha = px < 140 ? 0.07 : 0.02;
    ctx.fillStyle = colour;
    ctx.fill();
    ctx.globalAlpha = px < 140 ? 0.45 : 0.3;
    ctx.strokeStyle = colour;
    ctx.lineWidth = 1;
    ctx.setLineDash([3, 4]);
    ctx.stroke();
    ctx.setLineDash([]);
    ctx.globalAlpha = 1;
  };
  for (const s of near) if (s.radius > 0) circle(s.x, s.y, s.lat, s.radius, p.holders[s.mark.colour] ?? p.grey);
  for (const c of all) if (c.radius > 5) circle(c.x, c.y, c.lat, c.radius, p.muted);
}

function drawRings(ctx: CanvasRenderingContext2D, near: Spot[], picked: string | null, r: number, world: number, left: number, top: number, p: Paint): void {
  for (const s of near) {
    if (!s.changed && !s.disputed && s.id !== picked) continue;
    const x = s.x * world + left, y = s.y * world + top;
    if (s.changed) {
      ctx.lineWidth = 1.4;
      ctx.strokeStyle = p.ink;
      ctx.beginPath();
      ctx.arc(x, y, r + 4.5, 0, 2 * Math.PI);
      ctx.stroke();
    }
    if (s.disputed) {
      ctx.lineWidth = 2.4;
      ctx.strokeStyle = p.accent;
      ctx.setLineDash([5, 3]);
      ctx.beginPath();
      ctx.arc(x, y, r + (s.changed ? 8.5 : 6), 0, 2 * Math.PI);
      ctx.stroke();
      ctx.setLineDash([]);
    }
    if (s.id === picked) {
      const d = r + 12;
      ctx.lineWidth = 2;
      ctx.strokeStyle = p.ink;
      ctx.beginPath();
      for (const [i, j] of [[-1, -1], [1, -1], [1, 1], [-1, 1]] as const) {
        ctx.moveTo(x + i * d, y + j * (d - 6));
        ctx.lineTo(x + i * d, y + j * d);
        ctx.lineTo(x + i * (d - 6), y + j * d);
      }
      ctx.stroke();
    }
  }
}

/** Where a cluster is drawn: beside its place, so that the mark of the place stays free. */
export const aside = (r: number): [number, number] => [r + 11, -r - 9];

function drawClusters(ctx: CanvasRenderingContext2D, all: Cluster[], r: number, world: number, left: number, top: number, w: number, h: number, p: Paint, room: Room): void {
  const [dx, dy] = aside(r);
  ctx.textAlign = "left";
  ctx.textBaseline = "middle";
  ctx.font = `600 10px ${sans}`;
  for (const c of all) {
    const x = c.x * world + left + dx, y = c.y * world + top + dy;
    if (x < -20 || x > w + 20 || y < -20 || y > h + 20) continue;
    const text = c.events.length > 1 ? String(c.events.length) : "";
    const wide = 17 + (text ? width(ctx, text) + 2 : 0);
    room.take(x - 9, y - 9, wide + 2, 18);
    ctx.globalAlpha = 0.92;
    ctx.fillStyle = p.paper;
    ctx.strokeStyle = p.muted;
    ctx.lineWidth = 0.8;
    ctx.beginPath();
    ctx.roundRect(x - 8.5, y - 8.5, wide, 17, 8.5);
    ctx.fill();
    ctx.stroke();
    ctx.globalAlpha = 1;
    ctx.save();
    ctx.translate(x, y);
    ctx.lineWidth = 1.5;
    ctx.lineCap = ctx.lineJoin = "round";
    ctx.strokeStyle = p.ink;
    ctx.stroke(new Path2D(signs[c.group]));
    ctx.restore();
    if (text) {
      ctx.fillStyle = p.ink;
      ctx.fillText(text, x + 8, y + 0.5);
    }
  }
}

function drawNames(ctx: CanvasRenderingContext2D, camera: Camera, scene: Scene, near: Spot[], r: number, world: number, left: number, top: number, p: Paint, room: Room): void {
  const { width: w, height: h, zoom } = camera;
  ctx.lineJoin = "round";
  ctx.textBaseline = "middle";
  let drawn = 0;
  const write = (text: string, x: number, y: number, colour: string, halo: number) => {
    ctx.strokeStyle = p.paper;
    ctx.lineWidth = halo;
    ctx.globalAlpha = 0.85;
    ctx.strokeText(text, x, y);
    ctx.globalAlpha = 1;
    ctx.fillStyle = colour;
    ctx.fillText(text, x, y);
    drawn += 1;
  };
  const weight = (s: Spot) => (s.id === scene.picked ? 8 : 0) + (s.disputed ? 4 : 0) + (s.changed ? 2 : 0) + (s.status === "contested" ? 1 : 0);
  const order = near.length > 400 ? near.filter((s) => weight(s) > 0 || zoom > 7).sort((a, b) => weight(b) - weight(a)).slice(0, 400) : [...near].sort((a, b) => weight(b) - weight(a));
  for (const s of order) {
    if (drawn >= NAMES) break;
    const x = s.x * world + left, y = s.y * world + top;
    ctx.font = `${weight(s) > 3 ? 650 : 500} 12.5px ${sans}`;
    const text = shown(s.name);
    const wide = width(ctx, text);
    const gap = r + (s.disputed || s.changed ? 11 : 6);
    const tries: [number, number, CanvasTextAlign][] = [[x + gap, y, "left"], [x - gap - wide, y, "left"], [x - wide / 2, y + gap + 6, "left"], [x - wide / 2, y - gap - 6, "left"]];
    const spot = tries.find(([tx, ty]) => room.take(tx - 1, ty - 8, wide + 2, 16));
    if (!spot) continue;
    ctx.textAlign = spot[2];
    write(text, spot[0], spot[1], p.ink, 3.5);
  }
  ctx.textAlign = "center";
  for (const [text, nx, ny, rank, kind] of scene.names) {
    if (drawn >= NAMES) break;
    const style = nameStyle[kind]!;
    if (zoom < rank - 0.4 || zoom > style.until) continue;
    const x = nx * world + left, y = ny * world + top;
    if (x < 0 || x > w || y < 0 || y > h) continue;
    ctx.font = style.font(zoom);
    ctx.letterSpacing = style.spaced;
    const name = kind === "country" ? text.toUpperCase() : text;
    const wide = width(ctx, name);
    const margin = kind === "river" ? 60 : 6;
    if (!room.take(x - wide / 2 - margin, y - 9, wide + 2 * margin, 18)) continue;
    ctx.globalAlpha = 0.9;
    write(name, x, y, kind === "sea" || kind === "river" ? p.water : p.muted, 2.5);
  }
  ctx.letterSpacing = "0px";
}

/** What lies under a pixel: a place first, then a cluster. */
export function hit(camera: Camera, scene: Scene, px: number, py: number): { spot: Spot } | { cluster: Cluster } | null {
  const world = scale(camera);
  const left = camera.width / 2 - camera.x * world, top = camera.height / 2 - camera.y * world;
  const r = size(camera.zoom);
  let best: Spot | null = null;
  let near = (r + 8) ** 2;
  for (const s of scene.spots) {
    const d = (s.x * world + left - px) ** 2 + (s.y * world + top - py) ** 2;
    if (d < near) [best, near] = [s, d];
  }
  const [dx, dy] = aside(r);
  for (const c of scene.clusters) {
    const x = c.x * world + left + dx, y = c.y * world + top + dy;
    if (px > x - 10 && px < x + 26 && py > y - 10 && py < y + 10 && (!best || near > (r + 1) ** 2)) return { cluster: c };
  }
  return best ? { spot: best } : null;
}
