// Days as the ledger writes them, `2017-11-08`, without clock and time zone.

const DAY = 86_400_000;
const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** Days since 1970-01-01. */
export function number(day: string): number {
  const [y, m, d] = day.split("-").map(Number);
  return Math.round(Date.UTC(y!, m! - 1, d!) / DAY);
}

export function day(n: number): string {
  return new Date(n * DAY).toISOString().slice(0, 10);
}

export function valid(text: string | null): text is string {
  return text !== null && /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(number(text)) && day(number(text)) === text;
}

export function add(text: string, days: number): string {
  return day(number(text) + days);
}

/** `8 Nov 2017`; a day that is none is shown as it is. */
export function written(text: string | null | undefined): string {
  if (!text) return "undated";
  const [y, m, d] = text.split("-").map(Number);
  return m && d ? `${d} ${months[m - 1]} ${y}` : text;
}

/** `8–11 Nov 2017`. */
export function span(from: string, to: string): string {
  if (from === to) return written(from);
  const [a, b] = [written(from).split(" "), written(to).split(" ")];
  if (a[2] !== b[2]) return `${a.join(" ")} – ${b.join(" ")}`;
  return a[1] === b[1] ? `${a[0]}–${b[0]} ${b[1]} ${b[2]}` : `${a[0]} ${a[1]} – ${b.join(" ")}`;
}

export function clamp(text: string, first: string, last: string): string {
  return text < first ? first : text > last ? last : text;
}

/** First days of months within a range, thinned to at most `most`. */
export function monthStarts(first: string, last: string, most: number): string[] {
  const all: string[] = [];
  let [y, m] = first.split("-").map(Number) as [number, number];
  for (;;) {
    const start = `${y}-${String(m).padStart(2, "0")}-01`;
    if (start > last) break;
    if (start >= first) all.push(start);
    m += 1;
    if (m > 12) [y, m] = [y + 1, 1];
  }
  const step = [1, 2, 3, 6, 12, 24, 60, 120].find((s) => all.length / s <= most) ?? 240;
  return all.filter((d) => (Number(d.slice(0, 4)) * 12 + Number(d.slice(5, 7)) - 1) % step === 0);
}

export function month(text: string): string {
  return text.slice(5, 7) === "01" ? `Jan ${text.slice(0, 4)}` : months[Number(text.slice(5, 7)) - 1]!;
}
