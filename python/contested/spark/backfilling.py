"""Archives to claims at rest: files of any kind that the program reads, part by part, so that what was cut off goes on."""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
from pyspark.sql import DataFrame, SparkSession, functions
from pyspark.sql.pandas.types import from_arrow_schema

from .. import _contested
from . import schemas

#: Reports that are extracted at a time: enough for speed, few enough for memory.
ROWS = 64


@dataclass(frozen=True)
class Backfill:
    """What a backfill did: files in the manifest, of them those that were read now, and counts over all of the manifest."""

    files: int
    read_now: int
    claims: int
    problems: int


@contextmanager
def _local(path: str) -> Iterator[str]:
    """A file of any file system that Arrow knows, as one on this disk, for as long as it is needed."""
    if "://" not in path:
        yield path
        return
    from pyarrow import fs

    system, inside = fs.FileSystem.from_uri(path)
    if isinstance(system, fs.LocalFileSystem):
        yield inside
        return
    # The name tells nothing to the reader, which looks at the content.
    with tempfile.TemporaryDirectory() as folder:
        here = os.path.join(folder, os.path.basename(inside) or "archive")
        with system.open_input_stream(inside) as source, open(here, "wb") as target:
            while piece := source.read(8 << 20):
                target.write(piece)
        yield here


def _problems(rows: Sequence[tuple[int | None, str | None, str, str]]) -> pa.RecordBatch:
    rows = [dict(zip(schemas.PROBLEM.names, row)) for row in rows]
    return pa.RecordBatch.from_pylist(rows, schema=schemas.PROBLEM)


def _of_file(path: str, every_language: bool) -> Iterator[pa.RecordBatch]:
    """The claims and problems of one file; a file that cannot be read is one problem."""
    none = pa.RecordBatch.from_pylist([], schema=schemas.PROBLEM)
    no_claims = pa.RecordBatch.from_pylist([], schema=_contested.claims_schema())
    try:
        with _local(path) as here:
            reading = _contested.Reading(here)
            read = 0
            while (found := reading.next_batch(ROWS)) is not None:
                reports, told, passed = found
                lost = [(record, None, "unreadable", words) for _, record, lost, words in told if lost]
                lost += [(None, None, "language", f"{passed} pages of an archive in other languages")] if passed else []
                if lost:
                    yield schemas.side_by_side(no_claims, _problems(lost))
                if reports.num_rows:
                    claims, aside = _contested.sift_batch(reports, 1, every_language)
                    aside = aside.set_column(0, "row", pc.add(aside.column("row"), read))
                    read += reports.num_rows
                    yield schemas.side_by_side(claims, aside if aside.num_rows else none)
    except OSError as error:
        yield schemas.side_by_side(no_claims, _problems([(None, None, "unreadable", str(error))]))


def _name(part: Sequence[str]) -> str:
    return hashlib.sha256("\n".join(part).encode()).hexdigest()[:16]


def _done(session: SparkSession, manifest: str) -> list[dict]:
    """The manifest's lines. A file system that has no such folder yet has none."""
    from pyspark.errors import AnalysisException

    try:
        return [json.loads(row.value) for row in session.read.text(manifest).collect()]
    except AnalysisException:
        return []


def backfill(
    session: SparkSession,
    paths: Sequence[str],
    out: str,
    *,
    files_a_part: int = 64,
    every_language: bool = False,
) -> Backfill:
    """Extracts the claims of files into Parquet, and goes on where an earlier run with the same ``out`` ended.

    Files are read by content: WARC and CC-NEWS archives, JSON Lines, CSV, pages, texts, packed by gzip or zstd. They are taken a part at a time; a part that is
    written has a line in the manifest, and what has one is not read again. A part that was cut off is written anew: no claim is lost or doubled.

    Parameters
    ----------
    session
        The Spark session.
    paths
        Files: paths that every worker sees, or URIs (``s3://``, ``hdfs://`` …) as pyarrow's file systems know them; such a file is copied to the worker's disk
        while it is read.
    out
        A folder, as Spark writes to it. ``out/claims/part=…/month=YYYY-MM/`` has Parquet files sorted by place; ``out/problems/part=…/`` what was not read and
        why; ``out/manifest/`` a JSON line a part with its files and counts.
    files_a_part
        Files between two checkpoints. One file is one task.
    every_language
        Whether other languages than English are read as if they were English.

    Returns
    -------
    Backfill
        Counts.
    """
    manifest = f"{out.rstrip('/')}/manifest"
    lines = _done(session, manifest)
    done = {path for line in lines for path in line["files"]}
    left = [path for path in dict.fromkeys(paths) if path not in done]
    read_now = len(left)
    _forget_torn(session, out.rstrip("/"), {line["part"] for line in lines})
    session.conf.set("spark.sql.sources.partitionOverwriteMode", "static")
    for at in range(0, len(left), max(1, files_a_part)):
        line = _part(session, left[at : at + max(1, files_a_part)], out.rstrip("/"), every_language)
        lines.append(line)
        # Last, so that what has a line is whole.
        row = session.createDataFrame([(json.dumps(line),)], "value string").coalesce(1)
        row.write.mode("append").text(manifest)
    files = {path for line in lines for path in line["files"]}
    return Backfill(len(files), read_now, sum(line["claims"] for line in lines), sum(line["problems"] for line in lines))


def _part(session: SparkSession, paths: Sequence[str], out: str, every_language: bool) -> dict:
    """Extracts some files, writes what they give, and says what that was."""
    name = _name(paths)
    schema = schemas.sifted().append(pa.field("file", pa.string()))

    def work(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        for batch in batches:
            for path in batch.column("path").to_pylist():
                for found in _of_file(path, every_language):
                    yield pa.RecordBatch.from_arrays([*found.columns, pa.array([path] * found.num_rows, pa.string())], schema=schema)

    tasks = session.sparkContext.parallelize([(path,) for path in paths], len(paths))
    found = session.createDataFrame(tasks, "path string").mapInArrow(work, from_arrow_schema(schema))
    # Extraction is the dear half: once, then two reads of what it gave.
    raw = f"{out}/.raw/part={name}"
    found.write.mode("overwrite").parquet(raw)
    raw_rows = session.read.parquet(raw)
    claims = raw_rows.where("problem is null").drop("problem", "file")
    problems = raw_rows.where("problem is not null").select("file", "problem.*")
    counts = {"part": name, "files": list(paths), "claims": claims.count(), "problems": problems.count()}
    _write_claims(claims, f"{out}/claims/part={name}")
    problems.coalesce(1).write.mode("overwrite").parquet(f"{out}/problems/part={name}")
    _remove(session, raw)
    return counts


def _write_claims(claims: DataFrame, folder: str) -> None:
    """Claims at rest: by the month that they were reported in, sorted by place, packed with zstd."""
    month = functions.coalesce(functions.date_format("reported", "yyyy-MM"), functions.lit("undated"))
    place = functions.coalesce(functions.get("places", 0)["name"], functions.lit(""))
    sorted_rows = claims.withColumn("month", month).withColumn("_place", place).repartition("month").sortWithinPartitions("month", "_place", "id").drop("_place")
    sorted_rows.write.mode("overwrite").option("compression", "zstd").partitionBy("month").parquet(folder)


def _folder(session: SparkSession, folder: str) -> tuple[Any, Any]:
    """A folder and its file system, whatever Spark writes to."""
    jvm = session.sparkContext._jvm
    path = jvm.org.apache.hadoop.fs.Path(folder)
    return path.getFileSystem(session.sparkContext._jsc.hadoopConfiguration()), path


def _remove(session: SparkSession, folder: str) -> None:
    system, path = _folder(session, folder)
    system.delete(path, True)


def _forget_torn(session: SparkSession, out: str, whole: set[str]) -> None:
    """Removes parts that have no line in the manifest: their files are read again, perhaps in other parts."""
    for kind in ("claims", "problems", ".raw"):
        system, path = _folder(session, f"{out}/{kind}")
        for found in system.listStatus(path) if system.exists(path) else []:
            part = found.getPath().getName().removeprefix("part=")
            if found.isDirectory() and part not in whole:
                system.delete(found.getPath(), True)
