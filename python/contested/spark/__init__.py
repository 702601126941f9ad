"""The package on a Spark cluster: the same functions, a table at a time.

>>> from contested import spark                                      # doctest: +SKIP
>>> claims = spark.extract(reports)                                  # a DataFrame with `text`, and `id`, `source`, `published` where known
>>> held = spark.assess(claims, as_of="2017-12-01")                  # who holds each place
>>> originals = spark.dedupe(reports).where("original is null")      # copies told apart
>>> spark.backfill(session, paths, "/archive/claims")                # files of any kind the program reads, resumable

Nothing is implemented a second time here: every row is made by the compiled module, in the workers' processes. ``docs/cluster.md`` is about sizing.
"""

from .assessing import assess
from .backfilling import Backfill, backfill
from .copies import dedupe
from .extracting import extract, sift

__all__ = ["Backfill", "assess", "backfill", "dedupe", "extract", "sift"]
