"""What Spark costs over the bare wheel: the same generated articles through `contested.spark.extract` on a local cluster and through the compiled module in plain
processes, on the same cores, in one run; and, with --claims, who holds each place of generated claims.

usage: PYSPARK_PYTHON=$(which python) python bench/spark.py [--articles 2000] [--words 400] [--workers 2] [--claims 0]
The package `contested`, PySpark 4 and Java 17 have to be there. Start and stop of the cluster are not counted; a first small job warms it.
"""

import argparse
import json
import multiprocessing
import os
import random
import sys
import tempfile
import threading
import time

import contested
import pyarrow as pa
from contested import _contested

PLACES = ["Rawa", "Raqqa", "Mosul", "Kherson", "Misrata", "Goma", "Gao", "Aden", "Idlib", "Aleppo", "Bakhmut", "El Fasher"]
SIDES = ["government forces", "rebels", "the army", "Islamic State fighters", "the militia", "coalition troops"]
SENTENCES = [
    "{a} captured {p} on Tuesday, a commander said.",
    "{a} shelled positions of {b} near {p}, killing {n} people, residents said.",
    "A monitor said that {a} had not entered {p}, denying a report of state television.",
    "Prices of bread rose again in the markets of {p} while the roads stayed closed for a third week.",
    "The minister received a delegation and spoke of schools, roads and the coming harvest.",
    "{b} were expected to withdraw from {p} within days, officials said.",
]


def articles(count: int, words: int) -> list[dict]:
    dice = random.Random(7)
    out = []
    for number in range(count):
        text, length = [], 0
        while length < words:
            a, b = dice.sample(SIDES, 2)
            sentence = dice.choice(SENTENCES).format(a=a, b=b, p=dice.choice(PLACES), n=dice.randint(2, 40))
            text.append(sentence[0].upper() + sentence[1:])
            length += len(sentence.split())
        out.append({"id": str(number), "text": " ".join(text), "published": f"2017-{number % 12 + 1:02}-{number % 28 + 1:02}"})
    return out


def bare(reports: list[dict]) -> int:
    table = pa.table({key: [report[key] for report in reports] for key in ("text", "id", "published")})
    return sum(_contested.sift_batch(batch, 1)[0].num_rows for batch in table.to_batches(max_chunksize=64))


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    for name, default in (("articles", 2000), ("words", 400), ("workers", 2), ("claims", 0)):
        ask.add_argument(f"--{name}", type=int, default=default)
    ask = ask.parse_args()
    reports = articles(ask.articles, ask.words)
    shares = [reports[at :: ask.workers] for at in range(ask.workers)]
    with multiprocessing.get_context("spawn").Pool(ask.workers) as pool:
        pool.map(bare, [share[:20] for share in shares])
        begin = time.perf_counter()
        alone = sum(pool.map(bare, shares))
        alone_s = time.perf_counter() - begin

    from contested import spark
    from pyspark.sql import SparkSession

    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    package = os.path.dirname(os.path.dirname(os.path.abspath(contested.__file__)))
    session = (
        SparkSession.builder.master(f"local-cluster[{ask.workers},1,2048]")
        .config("spark.ui.enabled", "false")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.executor.memory", "1g")
        .config("spark.executorEnv.PYTHONPATH", package)
        .config("spark.sql.execution.arrow.maxRecordsPerBatch", "64")
        .config("spark.sql.shuffle.partitions", str(ask.workers * 4))
        .getOrCreate()
    )
    session.sparkContext.setLogLevel("ERROR")
    schema = "text string, id string, published string"
    rows = [(report["text"], report["id"], report["published"]) for report in reports]
    frame = session.createDataFrame(rows, schema).repartition(ask.workers * 4).cache()
    frame.count()
    spark.extract(session.createDataFrame(rows[:40], schema).repartition(ask.workers)).count()
    begin = time.perf_counter()
    # A sink that takes every row and keeps none.
    spark.extract(frame).write.format("noop").mode("overwrite").save()
    spark_s = time.perf_counter() - begin
    told = {
        "articles": ask.articles, "words": ask.words, "workers": ask.workers, "bare_s": round(alone_s, 2), "spark_s": round(spark_s, 2),
        "overhead": round(spark_s / alone_s - 1, 3), "throughput": round(alone_s / spark_s, 3), "claims": alone,
    }  # fmt: skip
    if ask.claims:
        told |= assessed(session, reports, ask.claims)
    print(json.dumps(told))
    session.stop()


def assessed(session, reports: list[dict], wanted: int) -> dict:
    """Claims of the articles, each told again of other places until there are enough, written as Parquet, read from there and assessed place by place."""
    from contested import spark
    from pyspark.sql import functions

    claims = contested.extract(reports[:200])
    times = -(-wanted // max(1, claims.num_rows))
    base = session.createDataFrame(claims)
    copies = session.range(times, numPartitions=16).withColumnRenamed("id", "copy")
    again = base.crossJoin(copies).withColumn("id", functions.concat("id", functions.lit("-"), "copy"))
    place = functions.transform(
        "places", lambda p: p.withField("id", functions.concat(functions.coalesce(p["id"], p["name"]), functions.lit("-"), functions.col("copy") % 997))
    )
    with tempfile.TemporaryDirectory() as folder:
        again.withColumn("places", place).drop("copy").write.option("compression", "zstd").parquet(f"{folder}/claims")
        with Watched() as watched:
            begin = time.perf_counter()
            places = spark.assess(session.read.parquet(f"{folder}/claims"), "2017-12-31").count()
            took = time.perf_counter() - begin
    return {"assessed_claims": times * claims.num_rows, "places": places, "assess_s": round(took, 1), "worker_mb": watched.most}


class Watched:
    """The most memory that one worker takes, its JVM and the Python processes under it together, looked at twice a second. Linux."""

    def __enter__(self) -> "Watched":
        self.most, self.ends = 0, threading.Event()
        self.thread = threading.Thread(target=self.watch, daemon=True)
        self.thread.start()
        return self

    def __exit__(self, *_) -> None:
        self.ends.set()
        self.thread.join()

    def watch(self) -> None:
        while not self.ends.wait(0.5):
            parents, resident, workers = {}, {}, []
            for pid in filter(str.isdigit, os.listdir("/proc")):
                try:
                    with open(f"/proc/{pid}/stat") as stat, open(f"/proc/{pid}/cmdline") as line, open(f"/proc/{pid}/smaps_rollup") as maps:
                        parents[pid] = stat.read().rsplit(")", 1)[1].split()[1]
                        # What forked processes share is counted once.
                        resident[pid] = next((int(row.split()[1]) for row in maps if row.startswith("Pss:")), 0)
                        if "CoarseGrainedExecutorBackend" in line.read():
                            workers.append(pid)
                except OSError:
                    continue
            for worker in workers:
                family = {worker}
                while more := {pid for pid, parent in parents.items() if parent in family} - family:
                    family |= more
                self.most = max(self.most, sum(resident[pid] for pid in family) // 1024)


if __name__ == "__main__":
    main()
