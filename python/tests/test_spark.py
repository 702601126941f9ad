"""The package on a cluster of two workers. Run: python -m pytest python/tests/test_spark.py, with PySpark and Java 17 at hand."""

import gzip
import json
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import contested
import pyarrow as pa
import pytest

pytest.importorskip("pyspark", reason="PySpark is not installed")
if shutil.which("java") is None:
    pytest.skip("there is no Java", allow_module_level=True)

from contested import spark  # noqa: E402
from pyspark.sql import SparkSession  # noqa: E402

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = os.environ.get("CONTESTED", str(ROOT / "target/release/contested"))
DEMO = ROOT / "crates/contested/demo/eastern-syria.jsonl"
PACKAGE = str(Path(contested.__file__).resolve().parents[1])
SCHEMA = "text string, id string, source string, published string, title string, url string"


@pytest.fixture(scope="module")
def session():
    os.environ["PYSPARK_PYTHON"] = sys.executable
    # Workers see the package where the tests do.
    os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, [PACKAGE, os.environ.get("PYTHONPATH")]))
    builder = SparkSession.builder.master("local-cluster[2,1,2048]").appName("contested-tests")
    for key, value in {
        "spark.ui.enabled": "false",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.driver.host": "127.0.0.1",
        "spark.executor.memory": "1g",
        "spark.executorEnv.PYTHONPATH": os.environ["PYTHONPATH"],
        "spark.sql.shuffle.partitions": "4",
        "spark.sql.execution.arrow.maxRecordsPerBatch": "64",
    }.items():
        builder = builder.config(key, value)
    session = builder.getOrCreate()
    session.sparkContext.setLogLevel("ERROR")
    yield session
    session.stop()


def demo() -> list[dict]:
    return [json.loads(line) for line in DEMO.read_text(encoding="utf-8").splitlines()]


def frame(session, reports: list[dict], parts: int = 4):
    keys = [column.split()[0] for column in SCHEMA.split(", ")]
    rows = [tuple(report.get(key) for key in keys) for report in reports]
    return session.createDataFrame(rows, SCHEMA).repartition(parts)


def rows(table: pa.Table) -> list[str]:
    """Claims without an order."""
    return sorted(json.dumps(row, default=str, sort_keys=True) for row in table.to_pylist())


def as_table(found) -> pa.Table:
    return found.toArrow()


def test_claims_are_those_of_the_package_and_of_the_program(session, tmp_path: Path) -> None:
    found = as_table(spark.extract(frame(session, demo())))
    assert rows(found) == rows(contested.extract(demo()))
    if Path(PROGRAM).is_file():
        printed = subprocess.run([PROGRAM, "extract", str(DEMO)], capture_output=True, check=True, cwd=tmp_path).stdout.splitlines()
        printed = [claim for claim in map(json.loads, printed) if claim["record"] == "claim"]
        assert sorted(claim["id"] for claim in printed) == sorted(found.column("id").to_pylist())


def test_who_holds_what_is_what_the_package_says(session) -> None:
    held = as_table(spark.assess(spark.extract(frame(session, demo())), "2017-11-10"))
    alone = contested.assess(contested.extract(demo()), "2017-11-10")
    assert held.num_rows > 5 and rows(held) == rows(alone)


def test_poison_is_set_aside_with_its_reason(session) -> None:
    good = {"id": "good", "text": "Rebels captured Rawa on Tuesday, a commander said.", "published": "2017-11-08"}
    bad = [
        {"id": "none", "text": None},
        {"id": "empty", "text": "  "},
        {"id": "long", "text": "Shelling killed two. " * 900_000},
        {"id": "russian", "text": "Армия заняла город, сообщил представитель министерства обороны в среду."},
        {"id": "noise", "text": "\x00\ufffe\u202e" * 50 + "((((" * 5_000},
    ]
    found = as_table(spark.sift(frame(session, [*bad, good], 2)))
    problems = [row["problem"] for row in found.to_pylist() if row["problem"]]
    codes = {problem["report"]: problem["code"] for problem in problems}
    assert codes == {"none": "no-text", "empty": "no-text", "long": "too-long", "russian": "language"}
    assert {row["report"]["id"] for row in found.to_pylist() if not row["problem"]} == {"good"}
    with pytest.raises(ValueError, match="text"):
        spark.extract(session.createDataFrame([("x",)], "body string"))


def test_copies_have_their_original(session) -> None:
    story = (
        "The army's vanguard crossed the river at dawn on Tuesday and took two villages on its far bank, a commander said. Shells fell on the market of the nearer "
        "village until noon; 14 people were hurt, the hospital's director said by telephone. Residents had left for the hills the night before."
    )
    reports = [
        {"id": "wire", "source": "Wire", "published": "2017-11-07", "text": f"BEIRUT (Wire) - {story}"},
        {"id": "daily", "source": "Daily", "published": "2017-11-08", "text": f"DAMASCUS - {story}"},
        {"id": "stripped", "source": "Blog", "published": "2017-11-09", "text": story.lower().replace("'", " ").replace(";", "")},
        {"id": "other", "source": "Wire", "published": "2017-11-07", "text": "Nothing was reported from the capital, where the minister received guests for dinner."},
    ]
    found = {row["id"]: row["original"] for row in as_table(spark.dedupe(frame(session, reports))).to_pylist()}
    assert found == {"wire": None, "daily": "wire", "stripped": "wire", "other": None}


def archive(folder: Path) -> list[str]:
    """The demonstration's reports in four files of three kinds, and two files that are none."""
    reports = demo()
    parts = [reports[at::3] for at in range(3)]
    paths = []
    for at, part in enumerate(parts):
        lines = "".join(json.dumps(report) + "\n" for report in part).encode()
        path = folder / f"{at}.jsonl{'.gz' if at == 1 else ''}"
        path.write_bytes(gzip.compress(lines) if at == 1 else lines)
        paths.append(str(path))
    (folder / "noise.bin").write_bytes(bytes(range(256)) * 100)
    return [*paths, str(folder / "noise.bin"), str(folder / "missing.jsonl")]


def test_a_backfill_goes_on_where_it_ended(session, tmp_path: Path) -> None:
    paths, out = archive(tmp_path), str(tmp_path / "out")
    first = spark.backfill(session, paths[:2], out, files_a_part=1)
    assert (first.files, first.read_now) == (2, 2)
    # What a run that was cut off leaves: a part without a line in the manifest.
    written = next((tmp_path / "out/claims").glob("part=*"))
    shutil.copytree(written, written.with_name("part=torn"))
    whole = spark.backfill(session, paths, out, files_a_part=2)
    assert (whole.files, whole.read_now) == (5, 3)
    assert spark.backfill(session, paths, out).read_now == 0
    found = session.read.parquet(f"{out}/claims")
    table = as_table(found.select(*contested.claims_schema().names))
    assert rows(table) == rows(contested.extract(demo())) and whole.claims == table.num_rows
    problems = session.read.parquet(f"{out}/problems").collect()
    assert {Path(row.file).name for row in problems} == {"noise.bin", "missing.jsonl"}


def workers() -> list[int]:
    """Processes of executors."""
    listed = subprocess.run(["ps", "-ww", "-eo", "pid,args"], capture_output=True, text=True, check=True).stdout
    return [int(line.split()[0]) for line in listed.splitlines() if "CoarseGrainedExecutorBackend" in line and "java" in line]


def half_done(session) -> bool:
    """Whether a stage has finished some of its many tasks and not all."""
    tracker = session.sparkContext.statusTracker()
    stages = [tracker.getStageInfo(stage) for stage in tracker.getActiveStageIds()]
    return any(stage and stage.numTasks > 8 and 0 < stage.numCompletedTasks < stage.numTasks for stage in stages)


@pytest.mark.skipif(shutil.which("ps") is None, reason="there is no ps to find a worker with")
def test_a_worker_that_is_killed_changes_nothing(session) -> None:
    reports = demo() * 12
    wanted = rows(contested.extract(reports))
    made = frame(session, reports, 24).cache()
    made.count()
    found, killed = [], []
    job = threading.Thread(target=lambda: found.append(as_table(spark.extract(made))))
    job.start()
    while job.is_alive() and not killed:
        if half_done(session):
            killed = workers()[:1]
            for pid in killed:
                os.kill(pid, signal.SIGKILL)
        time.sleep(0.02)
    assert killed and job.is_alive(), "the job ended before a worker could be killed"
    job.join()
    assert rows(found[0]) == wanted
