"""Whether claims from a Spark cluster are those of the program: every field of every claim of a file of reports, whatever the order of the rows.

usage: PYSPARK_PYTHON=$(which python) python bench/spark-same.py REPORTS.jsonl [PROGRAM]
The package `contested`, PySpark 4 and Java 17 have to be there, and package and program have to be built from one source. PROGRAM is
target/release/contested where none is named, or a file of what `contested extract REPORTS.jsonl` printed. Ends with code 1 where anything differs.
"""

import collections
import datetime
import hashlib
import json
import os
import subprocess
import sys
import tempfile
import time

import contested
import pyarrow.dataset as ds


def digest(claim: dict) -> bytes:
    days = lambda value: value.isoformat() if isinstance(value, datetime.date) else str(value)
    return hashlib.sha256(json.dumps(claim, sort_keys=True, default=days, ensure_ascii=False).encode()).digest()[:16]


def printed(reports: str, program: str) -> collections.Counter:
    def claims(lines) -> collections.Counter:
        return collections.Counter(digest(claim) for claim in map(json.loads, lines) if claim["record"] == "claim")

    if program.endswith(".jsonl"):
        with open(program, encoding="utf-8") as lines:
            return claims(lines)
    with subprocess.Popen([program, "extract", reports], stdout=subprocess.PIPE) as job:
        found = claims(job.stdout)
    if job.returncode:
        sys.exit(f"{program} ended with code {job.returncode}")
    return found


def main() -> None:
    reports = sys.argv[1]
    program = sys.argv[2] if len(sys.argv) > 2 else "target/release/contested"
    from contested import spark
    from pyspark.sql import SparkSession

    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    package = os.path.dirname(os.path.dirname(os.path.abspath(contested.__file__)))
    session = (
        SparkSession.builder.master("local-cluster[2,1,2048]")
        .config("spark.ui.enabled", "false")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.executor.memory", "1g")
        .config("spark.executorEnv.PYTHONPATH", package)
        .config("spark.sql.execution.arrow.maxRecordsPerBatch", "64")
        .getOrCreate()
    )
    session.sparkContext.setLogLevel("ERROR")
    frame = session.read.schema("id string, text string, source string, published string, title string, url string").json(reports).repartition(16)
    with tempfile.TemporaryDirectory() as folder:
        begin = time.perf_counter()
        spark.extract(frame).write.parquet(f"{folder}/claims")
        took = time.perf_counter() - begin
        session.stop()
        found = collections.Counter()
        for batch in ds.dataset(f"{folder}/claims").to_batches(batch_size=2000):
            found.update(map(digest, batch.to_pylist()))
    wanted = printed(reports, program)
    lost, extra = wanted - found, found - wanted
    told = {"spark_claims": found.total(), "program_claims": wanted.total(), "only_spark": extra.total(), "only_program": lost.total(), "spark_s": round(took, 1)}
    print(json.dumps(told))
    sys.exit(1 if lost or extra else 0)


if __name__ == "__main__":
    main()
