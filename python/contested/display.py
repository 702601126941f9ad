"""How answers show themselves in a notebook."""

from __future__ import annotations

from datetime import date
from html import escape
from typing import Any

# Told apart without colour, too: each holder's name stands in its bar, and contested stretches are hatched.
_FILLS = ["#4477aa", "#ee6677", "#228833", "#aa8822", "#66ccee", "#aa3377"]
_WIDTH = 720


class Place(dict[str, Any]):
    """Who holds a place, as ``contested control --json`` prints it; a notebook draws its timeline."""

    def __repr__(self) -> str:
        holder = f" by {self['holder']}" if self["holder"] else ""
        return f"<{self['place']['name']}: {self['status']}{holder}, {self['as_of']}>"

    def _repr_html_(self) -> str:
        return f"<p>{escape(repr(self)[1:-1])}</p>{self.svg()}"

    def svg(self) -> str:
        """The timeline as an SVG: a bar a stretch, from the first day that is told of to the day asked for."""
        stretches = self["timeline"]
        if not stretches:
            return "<p>nothing is told</p>"
        days = [(date.fromisoformat(one["from"]), date.fromisoformat(one["to"])) for one in stretches]
        first, last = min(start for start, _ in days), max(end for _, end in days)
        span = max((last - first).days + 1, 1)
        fills: dict[str, str] = {}
        parts = []
        for one, (start, end) in zip(stretches, days):
            holder = one["holder"] or "unknown"
            fill = fills.setdefault(holder, _FILLS[len(fills) % len(_FILLS)]) if one["holder"] else "#dddddd"
            left = _WIDTH * (start - first).days / span
            width = max(_WIDTH * ((end - start).days + 1) / span, 1)
            words = f"{one['status']}: {holder}, {one['from']} to {one['to']}"
            pattern = ' stroke="#000" stroke-dasharray="3 3"' if one["status"] == "contested" else ""
            parts.append(f'<rect x="{left:.1f}" y="4" width="{width:.1f}" height="28" fill="{fill}"{pattern}><title>{escape(words)}</title></rect>')
            if width > 8 * len(holder):
                parts.append(f'<text x="{left + 4:.1f}" y="23" font-size="12" fill="#000">{escape(holder)}</text>')
        parts.append(f'<text x="0" y="48" font-size="11">{first}</text><text x="{_WIDTH}" y="48" font-size="11" text-anchor="end">{last}</text>')
        title = escape(f"who holds {self['place']['name']}")
        return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} 54" width="{_WIDTH}" role="img" aria-label="{title}">{"".join(parts)}</svg>'


class Sitrep(dict[str, Any]):
    """The situation, as ``contested sitrep --json`` prints it."""

    def __repr__(self) -> str:
        counts = ", ".join(f"{len(self[key])} {name}" for key, name in (("control", "places"), ("disputes", "disputes"), ("changes", "changes")))
        return f"<situation of {self['as_of']}: {counts}>"

    def _repr_html_(self) -> str:
        rows = "".join(
            f"<tr><td>{escape(one['place']['name'])}</td><td>{escape(one['status'])}</td><td>{escape(one['holder'] or '')}</td><td>{escape(one['since'] or '')}</td></tr>"
            for one in self["control"]
        )
        disputes = "".join(
            f"<li>{escape(one['question'])}: {escape(', '.join(one['about']))}<ul>"
            + "".join(
                f"<li>{escape('; '.join(side['says']))} ({escape('; '.join(telling['source'] for telling in side['told_by']))})</li>" for side in one["sides"]
            )
            + "</ul></li>"
            for one in self["disputes"]
        )
        head = "<tr><th>place</th><th>status</th><th>holder</th><th>since</th></tr>"
        return f"<p>{escape(repr(self)[1:-1])}</p><table>{head}{rows}</table><ul>{disputes}</ul>"
