"""Claims to who holds what, one place at a time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import pyarrow as pa
from pyspark.sql import DataFrame, functions
from pyspark.sql.pandas.types import from_arrow_schema

from .. import _contested, assess as assess_claims, claims_schema
from . import schemas


def _observed(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    for batch in map(schemas.whole, filter(len, batches)):
        places = _contested.observed_batch(batch)
        rows = batch.take(places.column("row"))
        yield pa.RecordBatch.from_arrays([*rows.columns, places.column("id"), places.column("name")], names=[*rows.schema.names, "place_id", "place_name"])


def assess(claims: DataFrame, as_of: str | None = None) -> DataFrame:
    """Who holds each place that ``claims`` speak of, as :func:`contested.assess` and ``contested control`` say it, the claims of a place at a time.

    Parameters
    ----------
    claims
        A DataFrame in :func:`contested.claims_schema`, from :func:`contested.spark.extract` or from Parquet; further columns are passed over. It is read twice:
        ``cache()`` it, or write it first, where that is dear.
    as_of
        The day (YYYY-MM-DD); the last day on which one of the claims was reported where none is given.

    Returns
    -------
    DataFrame
        One row a place, in :func:`contested.control_schema`.
    """
    claims = claims.select(*claims_schema().names)
    if as_of is None:
        last = claims.agg(functions.max("reported")).first()[0]
        as_of = last.isoformat() if last else None
    with_places = pa.schema([*schemas.optional(claims_schema()), ("place_id", pa.string()), ("place_name", pa.string())])
    observed = claims.mapInArrow(_observed, from_arrow_schema(with_places))
    places = [(row.place_id, row.place_name) for row in observed.select("place_id", "place_name").distinct().toLocalIterator()]
    places.sort(key=lambda place: (place[0] or "", place[1]))
    homes = [(*place, home) for place, home in zip(places, _contested.homes(places))]
    session = claims.sparkSession
    homes = session.createDataFrame(homes, "home_id string, home_name string, home string")
    same = observed.place_id.eqNullSafe(homes.home_id) & (observed.place_name == homes.home_name)
    by_home = observed.join(functions.broadcast(homes), same).drop("place_id", "place_name", "home_id", "home_name")

    def held(key: tuple[Any, ...], table: pa.Table) -> pa.Table:
        home = key[0].as_py()
        claims = table.drop_columns(["home"]).combine_chunks().to_batches()
        found = assess_claims(pa.Table.from_batches([schemas.whole(batch) for batch in claims]), as_of)
        # A claim may speak of further places, which have groups of their own.
        rows = found.select(["place_id", "place"]).to_pylist()
        names = {(row["place_id"], row["place"]) for row in rows}
        keys = dict(zip(sorted(names, key=str), _contested.homes(sorted(names, key=str))))
        return found.filter(pa.array([keys[row["place_id"], row["place"]] == home for row in rows], pa.bool_()))

    return by_home.groupBy("home").applyInArrow(held, schemas.control())
