"""Reports to claims."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pyarrow as pa
from pyspark.sql import DataFrame, functions
from pyspark.sql.pandas.types import from_arrow_schema

from .. import _contested
from . import schemas

#: Columns of a report that are read; others stay behind, so that they need not travel.
COLUMNS = ("text", "id", "source", "published", "title", "url")


def reports_in(frame: DataFrame) -> DataFrame:
    """The columns of ``frame`` that make a report; everything but a day or a moment as text."""
    if "text" not in frame.columns:
        raise ValueError(f"reports have a column `text`; there are {', '.join(frame.columns) or 'none'}: rename one with withColumnRenamed")
    types = dict(frame.dtypes)
    as_it_is = {"string", "date", "timestamp"}
    column = functions.col
    return frame.select(*(column(name) if types[name] in as_it_is else column(name).cast("string").alias(name) for name in COLUMNS if name in types))


def sift(reports: DataFrame, *, every_language: bool = False) -> DataFrame:
    """Claims, and beside them the reports that were not read.

    Parameters
    ----------
    reports
        A DataFrame with ``text``, and ``id``, ``source``, ``published`` (a day, a moment, or a text that begins with YYYY-MM-DD), ``title``, ``url`` where known.
    every_language
        Whether texts in other languages than English are read as if they were English.

    Returns
    -------
    DataFrame
        The columns of :func:`contested.claims_schema`, and ``problem``: null where the row is a claim; else a struct of ``row`` (in its batch), ``report``
        (its id), ``code`` (``no-text``, ``too-long``, ``language``, ``failed``) and ``detail``, the other columns being null. No report ends the job.
    """

    def work(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        for batch in filter(len, batches):
            yield schemas.side_by_side(*_contested.sift_batch(batch, 1, every_language))

    return reports_in(reports).mapInArrow(work, from_arrow_schema(schemas.sifted()))


def extract(reports: DataFrame, *, every_language: bool = False) -> DataFrame:
    """The claims that reports make, as :func:`contested.extract` and the program find them; reports that cannot be read give none (:func:`sift` tells which).

    Parameters and errors are those of :func:`sift`. The DataFrame has the columns of :func:`contested.claims_schema`; its rows have no order.
    """

    def work(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        for batch in filter(len, batches):
            yield _contested.sift_batch(batch, 1, every_language)[0]

    return reports_in(reports).mapInArrow(work, schemas.claims())
