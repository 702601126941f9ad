"""Reports of a war in, who claims what out.

>>> import contested
>>> claims = contested.extract(["Rebels took Rawa on Tuesday, a commander said."])
>>> claims.column("type").to_pylist()
['seize']

``extract`` and ``assess`` work on Arrow tables; :class:`Ledger` keeps reports and claims in a file that the program ``contested`` reads, too.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Sequence
from typing import Any, overload

import pyarrow as pa

from . import _contested
from ._contested import __version__
from .display import Place, Sitrep

__all__ = ["Ledger", "Place", "Sitrep", "__version__", "assess", "claims_schema", "control_schema", "extract"]

_REPORT = {"id": pa.string(), "source": pa.string(), "published": pa.string(), "title": pa.string(), "url": pa.string()}


def claims_schema() -> pa.Schema:
    """The Arrow schema of claims; its metadata names it and gives its version."""
    return _contested.claims_schema()


def control_schema() -> pa.Schema:
    """The Arrow schema of what :func:`assess` gives."""
    return _contested.control_schema()


def _reports(reports: Any, source: str | None, published: str | None) -> pa.Table:
    """Whatever holds reports, as a table with a column ``text``."""
    if isinstance(reports, str):
        reports = [reports]
    if isinstance(reports, pa.RecordBatch):
        table = pa.Table.from_batches([reports])
    elif isinstance(reports, pa.Table):
        table = reports
    elif hasattr(reports, "__arrow_c_stream__"):
        table = pa.table(reports)
    elif type(reports).__module__.split(".")[0] == "pandas":
        table = pa.Table.from_pandas(reports, preserve_index=False)
    elif isinstance(reports, Iterable):
        rows = list(reports)
        if all(isinstance(row, str) for row in rows):
            table = pa.table({"text": pa.array(rows, pa.string())})
        elif all(isinstance(row, dict) for row in rows):
            keys = ["text", *_REPORT]
            table = pa.table({key: pa.array([row.get(key) for row in rows], pa.string()) for key in keys})
        else:
            raise TypeError("reports are texts, or dicts with `text`, or a table with a column `text`")
    else:
        raise TypeError(f"cannot read reports from {type(reports).__name__}: give texts, dicts or a table with a column `text`")
    for name, value in (("source", source), ("published", published)):
        if value is None:
            continue
        filled = pa.array([value] * len(table), pa.string())
        if name not in table.column_names:
            table = table.append_column(name, filled)
        elif pa.types.is_null(table.column(name).type):
            table = table.set_column(table.column_names.index(name), name, filled)
        else:
            column = table.column(name).cast(pa.string()).fill_null(value)
            table = table.set_column(table.column_names.index(name), name, column)
    return table


def extract(
    reports: str | Sequence[str] | Sequence[dict[str, Any]] | Any,
    *,
    source: str | None = None,
    published: str | None = None,
    threads: int = 0,
    every_language: bool = False,
) -> pa.Table:
    """The claims that reports make.

    Parameters
    ----------
    reports
        A text; a sequence of texts; a sequence of dicts with ``text`` and, where known, ``id``, ``source``, ``published`` (YYYY-MM-DD), ``title``, ``url``; or
        a table with these columns: pandas, Polars, Arrow, or anything that exports an Arrow stream. Further columns are passed over.
    source, published
        Outlet and day of publication of reports that do not give theirs. Without a day "on Wednesday" stays undated.
    threads
        Threads to use; 0 is one a core.
    every_language
        Read reports that surely are in another language than English as if they were English; otherwise they tell nothing.

    Returns
    -------
    pyarrow.Table
        One row a claim (none, one or many a report; ``report`` says which), in the order of the reports and of their texts, in :func:`claims_schema`: the same claims as ``contested extract`` prints.

    Raises
    ------
    TypeError
        When there is no column ``text``, or a column has a type that cannot be read.
    """
    table = _reports(reports, source, published)
    batches = [_contested.extract_batch(batch, threads, every_language) for batch in table.to_batches(max_chunksize=4096)]
    return pa.Table.from_batches(batches, claims_schema())


def assess(claims: pa.Table | pa.RecordBatch, as_of: str | None = None) -> pa.Table:
    """Who holds each place that ``claims`` (in :func:`claims_schema`) speak of.

    Parameters
    ----------
    claims
        Claims; those of one place, or of many.
    as_of
        The day (YYYY-MM-DD); the last day of publication where none is given.

    Returns
    -------
    pyarrow.Table
        One row a place, in :func:`control_schema`: status, holder, chance, since when, who says so.

    Raises
    ------
    TypeError, ValueError
        When a column of claims is missing or has another type; when ``as_of`` is no day or a row is no claim.
    """
    table = pa.Table.from_batches([claims]) if isinstance(claims, pa.RecordBatch) else claims
    batches = table.combine_chunks().to_batches() or [pa.RecordBatch.from_pylist([], schema=claims_schema())]
    return pa.Table.from_batches([_contested.assess_batch(batch, as_of) for batch in batches], control_schema())


class Ledger:
    """A ledger of claims in one file, made if there is none; the program ``contested`` works on the same file.

    Days are texts, YYYY-MM-DD. ``as_of`` asks about the world on a day, ``known_at`` uses only what had been reported by then. Methods release the
    interpreter's lock and may be called from several threads.

    Raises
    ------
    OSError
        When the file is no ledger, is locked by another writer, or cannot be written.
    """

    def __init__(self, path: str | os.PathLike[str] = "contested.db") -> None:
        self._ledger = _contested.Ledger(os.fspath(path))
        self.path = os.fspath(path)

    def __repr__(self) -> str:
        return f"Ledger({self.path!r})"

    def add(
        self,
        reports: str | Sequence[str] | Sequence[dict[str, Any]] | Any,
        *,
        source: str | None = None,
        published: str | None = None,
        threads: int = 0,
        every_language: bool = False,
    ) -> dict[str, int]:
        """Extract reports and keep them with their claims. A report that is there already changes nothing.

        Parameters
        ----------
        reports, source, published, threads, every_language
            As for :func:`extract`. Reports in other languages are kept and marked as not read.

        Returns
        -------
        dict
            Counts: ``reports`` and ``claims`` that are new, reports ``already_there``, ``forgotten`` ones that stayed out, and ``not_read``, those of
            the new reports that are in another language.

        Raises
        ------
        TypeError
            When there is no column ``text``, or a column has a type that cannot be read.
        OSError
            When the ledger cannot be written, as when another program writes to it for long.
        """
        totals = [0, 0, 0, 0, 0]
        for batch in _reports(reports, source, published).to_batches(max_chunksize=4096):
            totals = [a + b for a, b in zip(totals, self._ledger.add_batch(batch, threads, every_language))]
        return dict(zip(("reports", "claims", "already_there", "forgotten", "not_read"), totals))

    def claims(
        self,
        *,
        as_of: str | None = None,
        known_at: str | None = None,
        since: str | None = None,
        place: str | None = None,
        actor: str | None = None,
        source: str | None = None,
        types: Sequence[str] = (),
        kinds: Sequence[str] = (),
        denied: bool = False,
        words: str | None = None,
        country: str | None = None,
        all: bool = False,
        limit: int | None = None,
    ) -> pa.Table:
        """Claims of the ledger, in the order of the days they speak of.

        Parameters
        ----------
        as_of, known_at, since
            Days (YYYY-MM-DD): of the world by ``as_of``, from what had been reported by ``known_at``, of the time from ``since`` on.
        place, actor, source, country
            Only claims that speak of this place or actor (name or id), that this source vouches for or relays, or that lie in this country (two letters).
        types, kinds
            Only these types (``seize``, ``airstrike`` …) or kinds (``event``, ``control``, ``relation``, ``outlook``).
        denied
            Only denials.
        words
            Only claims whose sentences hold these words.
        all
            Copies of reports and withdrawn claims, too.
        limit
            At most so many.

        Returns
        -------
        pyarrow.Table
            One row a claim, in :func:`claims_schema`.

        Raises
        ------
        ValueError
            When a day is no day.
        OSError
            When the ledger cannot be read.
        """
        batch = self._ledger.claims_batch(
            as_of=as_of,
            known_at=known_at,
            since=since,
            place=place,
            actor=actor,
            source=source,
            types=list(types),
            kinds=list(kinds),
            denied=denied,
            words=words,
            country=country,
            all=all,
            limit=limit,
        )
        return pa.Table.from_batches([batch])

    @overload
    def control(self, place: None = None, *, as_of: str | None = None, known_at: str | None = None) -> list[Place]: ...
    @overload
    def control(self, place: str, *, as_of: str | None = None, known_at: str | None = None) -> Place: ...
    def control(self, place: str | None = None, *, as_of: str | None = None, known_at: str | None = None) -> list[Place] | Place:
        """Who holds what on the day ``as_of`` (the last one that the ledger knows of), from what had been reported by ``known_at``.

        Returns
        -------
        list of Place, or Place
            One for each place that claims speak of; the one that is named by name or id. A :class:`Place` is a dict as ``contested control --json`` prints it,
            and a notebook draws its timeline.

        Raises
        ------
        KeyError
            When no claim says who holds the place.
        ValueError
            When a day is no day, or the ledger holds nothing yet.
        """
        places = [Place(found) for found in json.loads(self._ledger.control_json(as_of, known_at))]
        if place is None:
            return places
        for found in places:
            if place in (found["place"]["id"], found["place"]["name"]) or place.casefold() == found["place"]["name"].casefold():
                return found
        raise KeyError(f"no claim says who holds {place!r}")

    def disputes(self, area: str | None = None, *, as_of: str | None = None, known_at: str | None = None) -> list[dict[str, Any]]:
        """What sources contradict one another about, newest first.

        Parameters
        ----------
        area
            A place (name or id) or a country (two letters); everywhere where none is given.
        as_of, known_at
            As for :meth:`control`.

        Returns
        -------
        list of dict
            ``question``, ``about``, ``headline`` and ``sides``, each with what it ``says`` and who told it (``told_by``).

        Raises
        ------
        ValueError
            When a day is no day, or the ledger holds nothing yet.
        """
        return json.loads(self._ledger.disputes_json(area, as_of, known_at))

    def sitrep(self, area: str | None = None, *, as_of: str | None = None, known_at: str | None = None, since: str | None = None) -> Sitrep:
        """The situation in an ``area`` (everywhere where none is given): who holds what, what is disputed, what changed, with every source.

        Returns
        -------
        Sitrep
            A dict as ``contested sitrep --json`` prints it, with ``control``, ``disputes`` and ``changes`` since the day ``since`` (a week where none is given);
            a notebook draws tables.

        Raises
        ------
        ValueError
            When a day is no day, or the ledger holds nothing yet.
        """
        return Sitrep(json.loads(self._ledger.situation_json(area, as_of, known_at, since)))
