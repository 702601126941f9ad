// The mark of a holder, as on the map.

import { useId } from "preact/hooks";
import type { Status } from "../api/types";
import { outline, strength, type Mark } from "../map/marks";

const fill = (colour: number) => (colour < 0 ? "var(--grey)" : `var(--h${colour % 8})`);

export function MarkIcon({ mark, status, chance, second = -1 }: { mark: Mark; status: Status; chance: number; second?: number }) {
  const id = useId();
  const d = outline(mark.shape, 6);
  return (
    <svg class="mark" viewBox="-9 -9 18 18" aria-hidden="true">
      {status !== "unknown" && <path d={d} fill={fill(mark.colour)} fill-opacity={strength(status, chance)} />}
      {status === "contested" && (
        <>
          <clipPath id={id}><path d={d} /></clipPath>
          <path clip-path={`url(#${id})`} d="M-15 6 6 -15M-10 10 10 -10M-6 15 15 -6" stroke={second < 0 ? "var(--paper)" : fill(second)} stroke-width="2.4" fill="none" />
        </>
      )}
      <path d={d} fill="none" stroke={fill(mark.colour)} stroke-width="1.3" stroke-dasharray={status === "unclear" ? "2.5 2" : undefined} />
    </svg>
  );
}
