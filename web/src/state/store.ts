// The one view of the page and the hooks that follow it.

import { useEffect, useReducer, useRef, useState } from "preact/hooks";
import { Failure, get } from "../api/client";
import { read, start, write, type View } from "./view";

let view: View = read(location.search);
let revision = 0;
const followers = new Set<() => void>();

function tell(): void {
  for (const follower of [...followers]) follower();
}

export function current(): View {
  return view;
}

let written = 0;
let waiting: ReturnType<typeof setTimeout> | undefined;

/** Browsers refuse addresses that change too often: what replaces is written at most ten times a second. */
function replaceAddress(): void {
  clearTimeout(waiting);
  const wait = written + 100 - performance.now();
  if (wait > 0) {
    waiting = setTimeout(replaceAddress, wait);
    return;
  }
  written = performance.now();
  history.replaceState(null, "", location.pathname + write(view));
}

/** Changes the view. A step that a reader would want to go back from is a new entry of the history; `replace` is for dragging and playing. */
export function go(patch: Partial<View>, how: "push" | "replace" = "push"): void {
  const next = { ...view, ...patch };
  if (write(next) === write(view)) return;
  view = next;
  if (how === "replace") {
    replaceAddress();
  } else {
    clearTimeout(waiting);
    history.pushState(null, "", location.pathname + write(view));
  }
  tell();
}

/** The address of a view that differs from this one by `patch`, for links that can be opened in a new page. */
export function address(patch: Partial<View>): string {
  return location.pathname + write({ ...view, ...patch }) || "/";
}

/** What a panel about one thing starts from. */
export function about(panel: View["panel"], id: string | null = null, more: Partial<View> = {}): Partial<View> {
  return { panel, id, claim: null, q: start.q, ...more };
}

addEventListener("popstate", () => {
  view = read(location.search);
  tell();
});

/** Says that the ledger has changed: all that is shown is asked for again. */
export function renew(): void {
  revision += 1;
  tell();
}

export function ledgerRevision(): number {
  return revision;
}

export function useView(): View {
  const [, again] = useReducer((n: number) => n + 1, 0);
  useEffect(() => {
    const follower = () => again(0);
    followers.add(follower);
    return () => void followers.delete(follower);
  }, []);
  return view;
}

export interface Answer<T> {
  data: T | null;
  error: Failure | null;
  /** Asked and not answered yet; `data` is then of what was asked before. */
  waiting: boolean;
}

/** The server's answer to a path, null for no question. While a new answer is on its way the old one stays, so that nothing flickers. */
export function useAnswer<T>(path: string | null): Answer<T> {
  useView();
  const [answer, set] = useState<{ data: T | null; error: Failure | null; of: string | null }>({ data: null, error: null, of: null });
  const asked = useRef<string | null>(null);
  const key = path === null ? null : `${revision} ${path}`;
  useEffect(() => {
    asked.current = key;
    if (path === null) return;
    get<T>(path).then(
      (data) => asked.current === key && set({ data, error: null, of: key }),
      (error: Failure) => asked.current === key && set({ data: null, error, of: key }),
    );
  }, [key]);
  if (key === null) return { data: null, error: null, waiting: false };
  return { data: answer.data, error: answer.of === key ? answer.error : null, waiting: answer.of !== key };
}
