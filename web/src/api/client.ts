// Asks the server. Answers are kept for as long as the ledger stays as it is; one that is no longer wanted is not waited for.

const base = "/api/v1";

/** What the server says when it cannot answer, or what the browser says when the server is away. */
export class Failure extends Error {
  constructor(
    readonly status: number,
    message: string,
    readonly hint: string | null = null,
  ) {
    super(message);
  }
}

const kept = new Map<string, Promise<unknown>>();
const KEPT = 600;

let token: string | null = null;

/** Sends `token` with every request from now on; kept for this tab only. */
export function giveToken(value: string): void {
  token = value;
  sessionStorage.setItem("token", value);
  kept.clear();
}

function headers(more: Record<string, string> = {}): Record<string, string> {
  token ??= sessionStorage.getItem("token");
  return token === null ? more : { ...more, Authorization: `Bearer ${token}` };
}

/** Names and sentences longer than this are cut before anything is drawn: laying out 100 KB without a space takes a browser seconds. */
const LONGEST = 2000;

/** Cuts what is too long to be a name or a sentence; the text of a report stays whole. */
export function tame<T>(value: T): T {
  if (Array.isArray(value)) {
    for (let i = 0; i < value.length; i++) if (typeof value[i] === "string" || typeof value[i] === "object") value[i] = tame(value[i]);
  } else if (typeof value === "object" && value !== null) {
    const fields = value as Record<string, unknown>;
    for (const key in fields) {
      const field = fields[key];
      if (typeof field === "string" ? field.length > LONGEST && key !== "text" : typeof field === "object") fields[key] = tame(field);
    }
  } else if (typeof value === "string" && value.length > LONGEST) {
    return `${value.slice(0, LONGEST).replace(/[\ud800-\udbff]$/, "")}…` as T;
  }
  return value;
}

async function read<T>(response: Response): Promise<T> {
  if (response.ok) return tame((await response.json()) as T);
  let said: { error?: { message?: string; hint?: string }; message?: string } = {};
  try {
    said = await response.json();
  } catch {
    // An answer without a body says it all by its status.
  }
  throw new Failure(response.status, said.error?.message ?? said.message ?? `the server answered ${response.status}`, said.error?.hint ?? null);
}

async function ask<T>(path: string, how: RequestInit = { headers: headers() }): Promise<T> {
  let response: Response;
  try {
    response = await fetch(base + path, how);
  } catch {
    throw new Failure(0, "the server cannot be reached", "is `contested serve` still running?");
  }
  return read<T>(response);
}

/** The answer to a path, asked once for each state of the ledger. */
export function get<T>(path: string): Promise<T> {
  const known = kept.get(path);
  if (known) return known as Promise<T>;
  const asked = ask<T>(path);
  kept.set(path, asked);
  asked.catch(() => kept.delete(path));
  if (kept.size > KEPT) kept.delete(kept.keys().next().value!);
  return asked;
}

/** Forgets all answers: the ledger has changed. */
export function forget(): void {
  kept.clear();
}

/** Tells the server something, and gives its answer. */
export function post<T>(path: string, body: unknown): Promise<T> {
  return ask<T>(path, { method: "POST", headers: headers({ "Content-Type": "application/json" }), body: JSON.stringify(body) });
}

/** A path with its query; what is null, undefined or empty is left out. */
export function path(name: string, query: Record<string, string | number | null | undefined> = {}): string {
  const parts = Object.entries(query).filter(([, v]) => v !== null && v !== undefined && v !== "");
  if (parts.length === 0) return name;
  return `${name}?${parts.map(([k, v]) => `${k}=${encodeURIComponent(String(v))}`).join("&")}`;
}

/** Milliseconds until a stream that ended is asked for anew: at first, and at most. */
const SOON = 1000;
const LATE = 30_000;

/** Calls `changed` after each addition to the ledger. Ends by calling what it returns. Read by hand, for an EventSource cannot carry a token. */
export function listen(changed: () => void): () => void {
  const ending = new AbortController();
  const news = additions((revision, before) => before !== null && revision !== before && changed());
  const follow = async (): Promise<void> => {
    for (let wait = SOON; !ending.signal.aborted; wait = Math.min(2 * wait, LATE)) {
      try {
        const response = await fetch(`${base}/live`, { headers: headers({ Accept: "text/event-stream" }), signal: ending.signal });
        const reader = response.ok && response.body ? response.body.pipeThrough(new TextDecoderStream()).getReader() : null;
        while (reader) {
          const { done, value } = await reader.read();
          if (done) break;
          wait = SOON;
          news(value);
        }
      } catch {
        // The server is away, or the page is: asked again below, or not.
      }
      await new Promise((go) => setTimeout(go, wait));
    }
  };
  void follow();
  return () => ending.abort();
}

/** Takes pieces of a stream of events, and tells of each `ledger` what it says and what the one before said. */
export function additions(told: (now: string, before: string | null) => void): (piece: string) => void {
  let rest = "";
  let last: string | null = null;
  return (piece) => {
    const events = (rest + piece).split("\n\n");
    rest = events.pop() ?? "";
    for (const event of events) {
      const lines = event.split("\n");
      const field = (name: string) => lines.filter((line) => line.startsWith(`${name}:`)).map((line) => line.slice(name.length + 1).trimStart()).join("\n");
      if (field("event") !== "ledger") continue;
      const now = field("data");
      told(now, last);
      last = now;
    }
  };
}
