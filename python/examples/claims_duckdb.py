"""Captures by place and source, in SQL over claims in Parquet. Usage: python claims_duckdb.py claims.parquet

A folder of such files is read likewise, as 'claims/*.parquet'.
"""

import sys

import duckdb

rows = duckdb.execute(
    """
    SELECT places[1].name AS place, coalesce(attribution[1].name, report.source) AS source, count(*) AS captures
    FROM read_parquet($1)
    WHERE type = 'seize' AND polarity = 'positive' AND len(places) > 0
    GROUP BY ALL ORDER BY captures DESC, place, source LIMIT 10
    """,
    [sys.argv[1]],
).fetchall()
if not rows:
    sys.exit("FAILED: no captures")
for place, source, captures in rows:
    print(f"{captures}\t{place}\t{source}")
