// What the server answers, as `/api/v1/openapi.json` describes it. Only what the page uses is written down.

export type Status = "held" | "contested" | "unclear" | "unknown";

/** One page of a list. */
export interface List<T> {
  items: T[];
  next: string | null;
  total: number | null;
}

export interface Meta {
  version: string;
  ledger: { reports: number; claims: number; copies: number; forgotten: number };
  /** First and last day on which something was reported. */
  days: { first: string; last: string } | null;
  demo: boolean;
  token_required: boolean;
}

export interface Place {
  id: string;
  name: string;
  lat: number | null;
  lon: number | null;
  country: string | null;
  kind?: string | null;
  radius_km?: number | null;
}

export interface Chance {
  answer: string;
  actor: string | null;
  chance: number;
}

/** Who holds a place on a day. */
export interface Holding {
  place: Place;
  status: Status;
  holder: string | null;
  actor: string | null;
  chances: Chance[];
  since: string | null;
  last_observed: string | null;
  changed?: boolean;
}

/** Days of one status, both ends counted. */
export interface Segment {
  from: string;
  to: string;
  status: Status;
  holder: string | null;
  actor: string | null;
  chance?: number | null;
}

export interface Changes {
  place: Place;
  segments: Segment[];
}

export interface Evidence {
  claim: string;
  day: string;
  known: string;
  says: string;
  holder: string | null;
  source: string;
  outlet: string | null;
  believed: number;
  repeated: boolean;
  echo: boolean;
  quote?: string | null;
  report?: string | null;
  trigger?: [number, number] | null;
}

export interface PlaceControl extends Holding {
  timeline: Segment[];
  evidence: Evidence[];
  daily?: { from: string; to: string; chances: Chance[] }[];
}

/** What a source says, with its words. `trigger` counts characters of the quote. */
export interface Telling {
  source: string;
  kind: string | null;
  outlet: string | null;
  known: string | null;
  certainty: string | null;
  quote: string;
  trigger: [number, number] | null;
  claim: string;
  also: number;
}

export interface Dispute {
  id: string;
  question: string;
  about: string[];
  sides: { says: string[]; told_by: Telling[]; claims: string[] }[];
  opened: string;
  closed: string | null;
  resolution: { by: string; on: string; claim: string | null } | null;
  newest: string;
  reports: number;
  /** Places that its claims name, the commonest first. */
  places?: Place[];
}

export interface Account {
  claim: string;
  source: string;
  report: string;
  days: [string, string] | null;
  places: string[];
  tolls: [string, number | null, number | null][];
  denies: boolean;
}

export interface EventItem {
  id: string;
  text: string;
  types: string[];
  days: [string, string];
  dated: boolean;
  places: string[];
  tolls: Record<string, [number, number]>;
  accounts: Account[];
  told_by: Telling[];
  denied_by: Telling[];
  reports: string[];
  claims: string[];
  lat?: number | null;
  lon?: number | null;
  radius_km?: number | null;
  country?: string | null;
}

/** A line of the situation report. */
export interface Line {
  text: string;
  type: string;
  day: string;
  confidence: number;
  dated: boolean;
  told_by: Telling[];
  denied_by: Telling[];
  ended: unknown;
}

export interface Situation {
  as_of: string;
  known_at: string | null;
  since: string;
  area: string | null;
  claims: number;
  outlets: { name: string; reports: number }[];
  control: (Holding & { evidence?: Evidence[] })[];
  disputes: Omit<Dispute, "id">[];
  changes: Line[];
  ground: Line[];
  outlook: Line[];
  ties: Line[];
  undated: Line[];
  unplaced: Line[];
}

export interface Span {
  start: number;
  end: number;
}

export interface Named extends Span {
  name: string;
  text: string;
  actor?: string | null;
  id?: string | null;
  radius_km?: number | null;
}

export interface Voice extends Named {
  role: string | null;
  affiliation: string | null;
  anonymous: boolean;
  kind: string | null;
  stance: string;
  cue: string | null;
}

export interface Claim {
  id: string;
  key: string;
  report: { id: string; hash: string; source: string | null; published: string | null; title: string | null; url: string | null };
  evidence: Span & { quote: string; trigger: Span & { text: string } };
  kind: "event" | "control" | "relation" | "outlook";
  type: string;
  phase: string | null;
  extent: string | null;
  about: { kind: string; type: string } | null;
  agents: Named[];
  targets: Named[];
  places: Named[];
  time: (Span & { text: string; from: string | null; to: string | null; precision: string; basis: string }) | null;
  tense: string;
  reported: string | null;
  casualties: { what: string; who: string | null; min: number | null; max: number | null; text: string }[];
  attribution: Voice[];
  polarity: "positive" | "negative";
  certainty: string;
  verified: boolean | null;
  same_as: string | null;
  confidence: number;
  why: { rule: string; on: [number, number][] }[];
  known?: string | null;
  standing?: "unreviewed" | "accepted" | "corrected" | "rejected";
}

export interface Explained extends Claim {
  explanation?: { why?: { rule: string; words: string[] }[] } | null;
  /** Number of the newest decision about it: what is decided anew must name it. */
  version: number;
}

export interface Report {
  id: string;
  hash: string;
  source: string | null;
  source_kind?: string | null;
  published: string | null;
  title: string | null;
  url: string | null;
  copy_of?: string | null;
  /** How many claims were read from it. */
  claims: number;
}

/** A report with its text; `claim_records` are the claims themselves. */
export interface ReportFull extends Report {
  text: string;
  claim_records: Claim[];
}

export interface Source {
  source: string;
  name: string;
  kind: string | null;
  side?: string | null;
  confirmed: number;
  contradicted: number;
  open: number;
}

export interface ActorNode {
  id: string;
  name: string;
  kind: string | null;
  country: string | null;
  claims: number;
}

export interface Tie {
  from: string;
  to: string;
  type: string;
  polarity: string;
  claims: string[];
  sources: number;
  first: string | null;
  last: string | null;
}

export interface Graph {
  nodes: ActorNode[];
  edges: Tie[];
}

export interface Found {
  claims: Hit<Claim>[];
  reports: Hit<Report>[];
  places: Hit<Place>[];
  actors: Hit<ActorNode>[];
  sources: Hit<{ id: string; name: string }>[];
}

/** A search result; `ranges` count characters of a claim's quote, a report's title, or a name. */
export interface Hit<T> {
  item: T;
  ranges: [number, number][];
}
