"""Captures by place and source, with Polars over claims in Parquet. Usage: python claims_polars.py claims.parquet

A folder of such files is read likewise, as 'claims/*.parquet'.
"""

import sys

import polars as pl

captures = (
    pl.scan_parquet(sys.argv[1])
    .filter(pl.col("type") == "seize", pl.col("polarity") == "positive", pl.col("places").list.len() > 0)
    .select(
        place=pl.col("places").list.first().struct.field("name"),
        source=pl.coalesce(
            pl.col("attribution").list.get(0, null_on_oob=True).struct.field("name"), pl.col("report").struct.field("source")
        ),
    )
    .group_by("place", "source")
    .len("captures")
    .sort(["captures", "place", "source"], descending=[True, False, False])
    .head(10)
    .collect()
)
if captures.is_empty():
    sys.exit("FAILED: no captures")
for place, source, count in captures.iter_rows():
    print(f"{count}\t{place}\t{source}")
