// Where the actors of a graph are drawn: springs and repulsion from a fixed start, so that the same graph always looks the same.

export interface Point {
  x: number;
  y: number;
}

/** Positions within `width` × `height` for nodes `0 … n-1`. */
export function layout(n: number, edges: [number, number][], width: number, height: number, rounds = 260): Point[] {
  const golden = Math.PI * (3 - Math.sqrt(5));
  const p: Point[] = Array.from({ length: n }, (_, i) => {
    const r = Math.sqrt((i + 0.5) / Math.max(1, n)) * 0.45;
    return { x: (0.5 + r * Math.cos(i * golden)) * width, y: (0.5 + r * Math.sin(i * golden)) * height };
  });
  const rest = Math.sqrt((width * height) / Math.max(1, n)) * 0.75;
  for (let round = 0; round < rounds; round++) {
    const heat = rest * 0.12 * (1 - round / rounds);
    const force: Point[] = p.map(() => ({ x: 0, y: 0 }));
    for (let i = 0; i < n; i++)
      for (let j = i + 1; j < n; j++) {
        // Names are wide and low: neighbours to the side must be further away than those above and below.
        const dx = (p[i]!.x - p[j]!.x) * 0.6, dy = p[i]!.y - p[j]!.y;
        const d2 = Math.max(1, dx * dx + dy * dy);
        const f = (rest * rest) / d2;
        force[i]!.x += dx * f; force[i]!.y += dy * f;
        force[j]!.x -= dx * f; force[j]!.y -= dy * f;
      }
    for (const [i, j] of edges) {
      const dx = p[i]!.x - p[j]!.x, dy = p[i]!.y - p[j]!.y;
      const f = Math.hypot(dx, dy) / rest;
      force[i]!.x -= dx * f; force[i]!.y -= dy * f;
      force[j]!.x += dx * f; force[j]!.y += dy * f;
    }
    for (let i = 0; i < n; i++) {
      const f = force[i]!, at = p[i]!;
      f.x += (width / 2 - at.x) * 0.6;
      f.y += (height / 2 - at.y) * 0.6;
      const l = Math.hypot(f.x, f.y) || 1;
      const step = Math.min(l, heat);
      at.x = Math.min(width - 76, Math.max(76, at.x + (f.x / l) * step));
      at.y = Math.min(height - 30, Math.max(14, at.y + (f.y / l) * step));
    }
  }
  return p;
}
