// A report's text, cut where claims begin and end. Offsets count characters (Unicode scalar values) of the text as it was given.

import type { Claim } from "../api/types";

export interface Piece {
  text: string;
  /** Claims whose trigger this piece is part of. */
  triggers: Claim[];
  /** Claims whose sentence this piece is part of. */
  sentences: Claim[];
  /** What the piece is of the claim that is picked out. */
  role: "who" | "whom" | "where" | "when" | "voice" | null;
}

/** Cuts `text`; spans that do not lie in it are left out rather than drawn wrong. */
export function pieces(text: string, claims: Claim[], picked: Claim | null): Piece[] {
  const characters = Array.from(text);
  const edges = new Set([0, characters.length]);
  const fits = (s: { start: number; end: number }) => s.start >= 0 && s.start < s.end && s.end <= characters.length;
  const roles: [NonNullable<Piece["role"]>, number, number][] = [];
  if (picked) {
    const add = (role: NonNullable<Piece["role"]>, s: { start: number; end: number } | null) => {
      if (s && fits(s)) roles.push([role, s.start, s.end]);
    };
    picked.agents.forEach((s) => add("who", s));
    picked.targets.forEach((s) => add("whom", s));
    picked.places.forEach((s) => add("where", s));
    add("when", picked.time);
    picked.attribution.forEach((s) => add("voice", s));
  }
  const told = claims.filter((c) => fits(c.evidence) && fits(c.evidence.trigger));
  for (const c of told) for (const s of [c.evidence, c.evidence.trigger]) edges.add(s.start).add(s.end);
  for (const [, start, end] of roles) edges.add(start).add(end);
  const cuts = [...edges].sort((a, b) => a - b);
  const within = (s: { start: number; end: number }, start: number, end: number) => s.start <= start && end <= s.end;
  return cuts.slice(0, -1).map((start, i) => {
    const end = cuts[i + 1]!;
    return {
      text: characters.slice(start, end).join(""),
      triggers: told.filter((c) => within(c.evidence.trigger, start, end)),
      sentences: told.filter((c) => within(c.evidence, start, end)),
      role: roles.find(([, a, b]) => a <= start && end <= b)?.[0] ?? null,
    };
  });
}
