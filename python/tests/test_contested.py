"""The package against the program and against itself. Run: python -m pytest python/tests, with CONTESTED=path of the program."""

import json
import os
import subprocess
import threading
import time
from pathlib import Path

import contested
import pyarrow as pa
import pytest

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = os.environ.get("CONTESTED", str(ROOT / "target/release/contested"))
SHARED = Path(os.environ.get("SHARED", ROOT.parent / "shared"))
TEXT = "BEIRUT - The Syrian army captured Albu Kamal from Islamic State on Wednesday, a commander said."


def reports_of(path: Path) -> list[dict]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def plain(claim: dict) -> dict:
    """A row as the program prints it: days are texts there."""
    return json.loads(json.dumps(claim, default=str))


def sets() -> list:
    found = [pytest.param(ROOT / "eval/own/reports.jsonl", id="own")]
    dev = SHARED / "gold/dev/reports.jsonl"
    found.append(pytest.param(dev, id="dev", marks=pytest.mark.skipif(not dev.is_file(), reason="no annotated corpora beside the checkout")))
    return found


@pytest.mark.parametrize("path", sets())
def test_claims_are_the_programs(path: Path, tmp_path: Path) -> None:
    if not Path(PROGRAM).is_file():
        pytest.skip(f"no program at {PROGRAM}")
    printed = subprocess.run([PROGRAM, "extract", str(path)], capture_output=True, check=True, cwd=tmp_path).stdout
    printed = [json.loads(line) for line in printed.splitlines()]
    table = contested.extract(reports_of(path))
    assert table.schema == contested.claims_schema()
    assert [plain(row) for row in table.to_pylist()] == [one for one in printed if one["record"] == "claim"]


def test_reports_come_in_many_shapes() -> None:
    whole = contested.extract(TEXT, source="Wire", published="2017-11-08")
    assert whole.num_rows > 0
    assert whole.column("reported").to_pylist()[0].isoformat() == "2017-11-08"
    record = {"text": TEXT, "source": "Wire", "published": "2017-11-08"}
    for reports in (
        [TEXT],
        [record],
        pa.table({"text": [TEXT]}),
        pa.RecordBatch.from_pylist([record]),
        pa.table({"text": pa.array([TEXT], pa.large_string()), "published": pa.array([None], pa.null())}),
    ):
        assert contested.extract(reports, source="Wire", published="2017-11-08").equals(whole)
    pandas = pytest.importorskip("pandas")
    frame = pandas.DataFrame([record])
    frame["published"] = pandas.to_datetime(frame["published"])
    assert contested.extract(frame).equals(whole)


def test_nothing_gives_nothing_and_wrong_things_are_told() -> None:
    assert contested.extract([]).num_rows == 0
    assert contested.extract(["", "   "]).num_rows == 0
    with pytest.raises(TypeError, match="text"):
        contested.extract(pa.table({"body": ["x"]}))
    with pytest.raises(TypeError, match="published"):
        contested.extract(pa.table({"text": ["x"], "published": [True]}))
    with pytest.raises(TypeError):
        contested.extract(7)
    with pytest.raises(ValueError, match="YYYY-MM-DD"):
        contested.assess(contested.extract(TEXT), as_of="yesterday")


def test_assess_says_who_holds_the_place() -> None:
    held = contested.assess(contested.extract(TEXT, published="2017-11-08"))
    assert held.schema == contested.control_schema()
    assert held.select(["place", "holder"]).to_pylist() == [{"place": "Albu Kamal", "holder": "Syrian Army"}]
    assert contested.assess(contested.claims_schema().empty_table()).num_rows == 0


def test_a_ledger_answers_and_draws(tmp_path: Path) -> None:
    ledger = contested.Ledger(tmp_path / "a.db")
    demo = reports_of(ROOT / "crates/contested/demo/eastern-syria.jsonl")
    added = ledger.add(demo)
    assert added["reports"] == len(demo) and added["claims"] > 100
    assert ledger.add(demo) == {"reports": 0, "claims": 0, "already_there": len(demo), "forgotten": 0, "not_read": 0}
    seized = ledger.claims(place="Albu Kamal", types=["seize"])
    assert set(seized.column("type").to_pylist()) == {"seize"}
    place = ledger.control("Albu Kamal")
    assert place["holder"] == "Syrian Army"
    assert "<svg" in place._repr_html_() and "Islamic State" in place._repr_html_()
    with pytest.raises(KeyError):
        ledger.control("Atlantis")
    assert ledger.disputes()
    assert "<table>" in ledger.sitrep()._repr_html_()
    if Path(PROGRAM).is_file():

        def printed(command: str) -> str:
            return subprocess.run([PROGRAM, command, "--json", "--store", str(tmp_path / "a.db")], capture_output=True, check=True, text=True).stdout

        assert [json.loads(line) for line in printed("claims").splitlines()] == [plain(row) for row in ledger.claims().to_pylist()]
        assert [json.loads(line) for line in printed("disputes").splitlines()] == ledger.disputes()
        assert json.loads(printed("sitrep")) == ledger.sitrep()


def test_other_languages_are_kept_and_not_read(tmp_path: Path) -> None:
    french = "L'armée a repris la ville mercredi après trois jours de combats, selon un porte-parole du ministère de la défense."
    assert contested.extract([french, TEXT]).equals(contested.extract(["", TEXT]))
    ledger = contested.Ledger(tmp_path / "a.db")
    with pytest.raises(ValueError, match="empty"):
        ledger.control()
    assert ledger.add([french])["not_read"] == 1
    assert ledger.claims().num_rows == 0


def test_the_interpreter_is_free_meanwhile() -> None:
    texts = [TEXT] * 4000
    ticks = 0
    done = threading.Event()
    worker = threading.Thread(target=lambda: (contested.extract(texts, threads=1), done.set()))
    worker.start()
    while not done.is_set():
        ticks += 1
        time.sleep(0.005)
    worker.join()
    assert ticks > 3


def test_a_wrong_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "x.db").write_text("no ledger, but long enough to be looked at as a file of another kind")
    with pytest.raises(OSError):
        contested.Ledger(tmp_path / "x.db")
