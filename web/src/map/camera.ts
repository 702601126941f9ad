// From longitude and latitude to pixels, as the map below the overlay does it: Web Mercator, north up, 512 pixels for the world at zoom 0.

export interface Camera {
  /** Middle of the map, 0 … 1 from west to east and from north to south. */
  x: number;
  y: number;
  zoom: number;
  width: number;
  height: number;
}

export const mercatorX = (lon: number): number => (lon + 180) / 360;

export function mercatorY(lat: number): number {
  const s = Math.sin((Math.max(-85, Math.min(85, lat)) * Math.PI) / 180);
  return 0.5 - Math.log((1 + s) / (1 - s)) / (4 * Math.PI);
}

export const scale = (camera: Camera): number => 512 * 2 ** camera.zoom;

/** Pixels of a kilometre at a latitude. */
export function pixelsPerKm(camera: Camera, lat: number): number {
  return scale(camera) / (40_075 * Math.cos((lat * Math.PI) / 180));
}
