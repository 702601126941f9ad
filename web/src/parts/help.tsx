// What the keys do.

import { useEffect, useRef } from "preact/hooks";

const keys: [string, string][] = [
  ["?", "this help"],
  ["/", "search"],
  [", and .", "one day back, one day on"],
  ["< and >", "a week back, a week on"],
  ["p", "play, pause"],
  ["k", "as known today, as known that day"],
  ["1 … 7", "situation, disputes, events, reports, sources, actors, review"],
  ["m", "to the map: arrow keys move it, + and − zoom"],
  ["n and b", "next and previous chapter of the story"],
  ["c", "a link to what is shown, copied"],
  ["Backspace", "back"],
];

export function Help({ close }: { close: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog ref={dialog} class="help" onClose={close} aria-labelledby="help-title">
      <h2 id="help-title">Keys</h2>
      <dl>{keys.map(([k, what]) => <div key={k}><dt><kbd>{k}</kbd></dt><dd>{what}</dd></div>)}</dl>
      <p class="muted small">The address of the page holds all that is chosen: copy it, and a colleague sees the same.</p>
      <p class="actions"><button type="button" class="primary" onClick={() => dialog.current?.close()} autofocus>Close</button></p>
    </dialog>
  );
}
