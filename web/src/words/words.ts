// The page's words for what the ledger's codes mean.

import type { Claim, Status, Tie } from "../api/types";

export const statusWords: Record<Status, string> = { held: "held", contested: "contested", unclear: "unclear", unknown: "unknown" };

/** How sure, in words; the steps are those of the marks' opacity. */
export function sure(chance: number): string {
  if (chance >= 0.95) return "nearly certain";
  if (chance >= 0.8) return "likely";
  if (chance >= 0.6) return "more likely than not";
  return "open";
}

export function percent(chance: number): string {
  return `${Math.min(99, Math.round(chance * 100))}\u202f%`;
}

export const questionWords: Record<string, string> = {
  control: "Who holds it?",
  occurrence: "Did it happen?",
  responsibility: "Who did it?",
  casualties: "How many?",
  motive: "Why?",
};

export const resolutionWords: Record<string, string> = {
  admission: "settled: the other side admitted it",
  retraction: "settled: a source took it back",
  observation: "settled by later reports",
};

const kinds: Record<string, string> = {
  wire: "wire service",
  "state-media": "state media",
  "belligerent-official": "belligerent official",
  "belligerent-media": "belligerent's media",
  monitor: "monitor",
  "international-organisation": "international organisation",
  "local-official": "local official",
  anonymous: "unnamed",
  resident: "resident",
  analyst: "analyst",
  media: "media",
};

export function kindWord(kind: string | null | undefined): string {
  return kind ? (kinds[kind] ?? kind.replace(/-/g, " ")) : "";
}

/** Groups of event types, as the map marks them. */
export const groups = ["territory", "combat", "strikes", "people", "movement", "politics"] as const;
export type Group = (typeof groups)[number];

const groupOf: Record<string, Group> = {
  seize: "territory", retreat: "territory", siege: "territory", holds: "territory", contests: "territory",
  attack: "combat", clash: "combat", repel: "combat",
  airstrike: "strikes", shelling: "strikes", bombing: "strikes", chemical: "strikes", destroy: "strikes",
  kill: "people", detain: "people", abduct: "people", release: "people", surrender: "people", displace: "people", execute: "people",
  move: "movement",
};

export function group(types: string[]): Group {
  for (const type of types) {
    const found = groupOf[type];
    if (found) return found;
  }
  return "politics";
}

export const groupWords: Record<Group, string> = {
  territory: "ground taken, lost, besieged",
  combat: "fighting",
  strikes: "strikes and bombings",
  people: "killed, held, displaced",
  movement: "movements",
  politics: "politics and aid",
};

export const kindWords: Record<Claim["kind"], string> = { event: "event", control: "who holds", relation: "tie", outlook: "outlook" };

const verbs: Record<string, string> = {
  seize: "took ground", retreat: "withdrew", siege: "besieged", attack: "attacked", clash: "fought", repel: "repelled", airstrike: "air strike", shelling: "shelling",
  bombing: "bombing", chemical: "chemical attack", kill: "killed", detain: "detained", abduct: "abducted", release: "released", surrender: "surrendered",
  displace: "displaced", execute: "executed", destroy: "destroyed", move: "moved", holds: "holds", contests: "contests", backs: "backs", allied: "allied with",
  "part-of": "part of", leads: "leads", fights: "fights", opposes: "opposes", prediction: "expects", intent: "intends", conditional: "if …",
};

export function typeWord(type: string): string {
  return verbs[type] ?? type;
}

export const tieWords: Record<string, string> = { backs: "backs", leads: "leads", fights: "fights", "part-of": "is part of", allied: "is allied with", opposes: "opposes" };

export function tieWord(tie: Pick<Tie, "type" | "polarity">): string {
  return (tie.polarity === "negative" ? "denied: " : "") + (tieWords[tie.type] ?? tie.type);
}

export const saysWords: Record<string, string> = {
  took: "took it", holds: "holds it", "holds-not": "does not hold it", "took-not": "did not take it", left: "left it", "left-not": "did not leave it", fought: "fighting there",
};

export const tollWords: Record<string, string> = { dead: "killed", injured: "wounded", captured: "captured", missing: "missing", displaced: "displaced" };

export function range(min: number | null, max: number | null): string {
  if (min === null && max === null) return "some";
  if (min === null) return `at most ${max}`;
  if (max === null) return `at least ${min}`;
  return min === max ? String(min) : `${min}–${max}`;
}

/** Who vouches, and who passed it on. */
export function voices(claim: Claim): string {
  const own = claim.report.source ?? "the report";
  return [...claim.attribution.map((v) => v.name), ...(claim.attribution.length === 0 ? [own] : [`as told by ${own}`])].join(" ← ");
}

export function many(n: number, one: string, more = `${one}s`): string {
  return `${n.toLocaleString("en")} ${n === 1 ? one : more}`;
}
