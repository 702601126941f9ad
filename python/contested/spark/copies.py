"""Copies told apart from originals, by marks (MinHash bands of one row) and then by comparing the texts of likely pairs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pyarrow as pa
import pyarrow.compute as pc
from pyspark.sql import DataFrame, Window, functions

from .. import _contested
from .extracting import reports_in

#: A mark under which so many reports stand is a phrase of the day; so many likely originals are compared with a report. Both as the ledger has them.
COMMON = 48
CANDIDATES = 8
#: A copy of a copy of a copy …: so many steps are followed at most.
STEPS = 16


def _marked(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    for batch in filter(len, batches):
        lists = _contested.marks_batch(batch).column("marks")
        ids = batch.column("id").take(pc.list_parent_indices(lists))
        yield pa.RecordBatch.from_arrays([ids, lists.flatten()], names=["id", "mark"])


def _judged(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    for batch in filter(len, batches):
        yield _contested.copies_batch(batch)


def dedupe(reports: DataFrame) -> DataFrame:
    """Which reports are copies of which: cut, edited, under another dateline, but for the most part the words of an earlier one.

    Parameters
    ----------
    reports
        As for :func:`contested.spark.extract`; ``id`` is required, and no two reports may have one. Of two that tell the same, the earlier by ``published`` is
        the original; on one day that whose head names its own ``source``, then the longer.

    Returns
    -------
    DataFrame
        One row a report: ``id``; ``original``, the id of the report that it is a copy of, null for an original; ``share``, of its runs of four words that
        stand in a report that it was compared with.
    """
    if "id" not in reports.columns:
        raise ValueError("copies are told by the column `id`: add one that no two reports share")
    reports = reports_in(reports).where("id is not null")
    column = functions.col
    marks = reports.mapInArrow(_marked, "id string, mark bigint").distinct()
    rare = marks.groupBy("mark").count().where((column("count") > 1) & (column("count") < COMMON)).select("mark")
    marks = marks.join(rare, "mark")
    others = marks.withColumnRenamed("id", "other")
    pairs = marks.join(others, "mark").where("id <> other").groupBy("id", "other").count()
    likely = Window.partitionBy("id").orderBy(column("count").desc(), "other")
    pairs = pairs.withColumn("rank", functions.row_number().over(likely)).where(column("rank") <= CANDIDATES)
    pairs = pairs.select(functions.least("id", "other").alias("one"), functions.greatest("id", "other").alias("two")).distinct()
    whole = functions.struct(*(column(name) for name in reports.columns))
    a = reports.select(column("id").alias("one"), whole.alias("a"))
    b = reports.select(column("id").alias("two"), whole.alias("b"))
    judged = pairs.join(a, "one").join(b, "two").select("a", "b").mapInArrow(_judged, "report string, original string, share double")
    best = Window.partitionBy("report").orderBy(column("share").desc(), "original")
    links = judged.where("report is not null").withColumn("rank", functions.row_number().over(best)).where("rank = 1").drop("rank")
    links = links.localCheckpoint()
    for _ in range(STEPS):
        onward = links.select(column("report").alias("original"), column("original").alias("further"))
        followed = links.join(onward, "original", "left").localCheckpoint()
        links = followed.select("report", functions.coalesce("further", "original").alias("original"), "share")
        if followed.where("further is not null").isEmpty():
            break
    return reports.select("id").join(links.withColumnRenamed("report", "id"), "id", "left").select("id", "original", "share")
