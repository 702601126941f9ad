#!/usr/bin/env python3
"""Real consumers read every export. Usage: formats.py DIR [FORMATS.md], where DIR holds WHAT.FORMAT files of `contested export`.

A consumer that is not installed is named and passed over; everything that is there must hold.
"""

import csv
import importlib.util
import json
import re
import shutil
import subprocess
import sys
import warnings
from pathlib import Path

folder = Path(sys.argv[1])
lists = Path(sys.argv[2]) if len(sys.argv) > 2 else None
skipped: list[str] = []


def have(module: str, what: str) -> bool:
    """Whether a Python package is there; says so where it is not."""
    if importlib.util.find_spec(module):
        return True
    skipped.append(f"{what} ({module} is not installed)")
    return False


def check(so: bool, what: str) -> None:
    if not so:
        sys.exit(f"FAILED: {what}")


def rows(name: str, delimiter: str = ",", quoting: int = csv.QUOTE_MINIMAL) -> list[list[str]]:
    with open(folder / name, encoding="utf-8", newline="") as file:
        return list(csv.reader(file, delimiter=delimiter, quoting=quoting))


def columns_of(heading: str) -> list[str] | None:
    """The numbered columns under a heading of the list of formats."""
    if lists is None or not lists.is_file():
        return None
    text = lists.read_text(encoding="utf-8")
    part = text[text.index(heading):]
    part = part[: part.find("\n## ", 1)]
    line = next(line for line in part.splitlines() if line.startswith("1 `"))
    return re.findall(r"\d+ `([^`]+)`", line)


def tables() -> None:
    """ACLED, UCDP and POLECAT against the lists of their columns, and values against their codebooks."""
    for name, heading, count, delimiter, quoting in [
        ("acled", "## 6. ACLED", 31, ",", csv.QUOTE_MINIMAL),
        ("ucdp", "## 7. UCDP", 49, ",", csv.QUOTE_MINIMAL),
        ("polecat", "## 5. POLECAT", 40, "\t", csv.QUOTE_NONE),
    ]:
        expected = columns_of(heading)
        if expected is None:
            skipped.append(f"the list of {name}'s columns (not beside this checkout)")
        for what in ("claims", "events"):
            table = rows(f"{what}.{name}", delimiter, quoting)
            check(all(len(row) == count for row in table), f"{what}.{name}: rows of {count} cells")
            check(len(table) > 1, f"{what}.{name} has rows")
            check(expected is None or table[0] == expected, f"{what}.{name}: columns as listed")
            ids = [row[0] for row in table[1:]]
            check(len(ids) == len(set(ids)), f"{what}.{name}: ids are unique")
    acled = rows("events.acled")
    of = {name: at for at, name in enumerate(acled[0])}
    types = {"Battles", "Explosions/Remote violence", "Protests", "Riots", "Strategic developments", "Violence against civilians"}
    for row in acled[1:]:
        check(row[of["event_type"]] in types, f"ACLED has no type {row[of['event_type']]}")
        check(row[of["time_precision"]] in "123" and row[of["geo_precision"]] in "123", "ACLED's precisions")
        check(re.fullmatch(r"\d{4}-\d\d-\d\d", row[of["event_date"]]) is not None, "ACLED's dates")
        int(row[of["fatalities"]])
    ucdp = rows("claims.ucdp")
    of = {name: at for at, name in enumerate(ucdp[0])}
    for row in ucdp[1:]:
        low, best, high = (int(row[of[name]]) for name in ("low", "best", "high"))
        check(0 <= low <= best <= high and high > 0, "GED's figures are in order")
        check(row[of["type_of_violence"]] in ("", "1", "2", "3"), "GED's types of violence")
        int(row[of["id"]])
    print("ACLED, UCDP, POLECAT: columns and codes")


def pandas() -> None:
    if not have("pandas", "pandas"):
        return
    import pandas as pd

    for path in sorted(folder.glob("*.csv")):
        frame = pd.read_csv(path)
        check(len(frame) > 0, f"{path.name} has rows for pandas")
    claims = pd.read_csv(folder / "claims.csv")
    lines = [json.loads(line) for line in open(folder / "claims.jsonl", encoding="utf-8")]
    check(list(claims["id"]) == [line["id"] for line in lines], "claims.csv and claims.jsonl hold the same claims")
    check(claims["latitude"].dtype == float and claims["confidence"].dtype == float, "numbers are numbers")
    pd.read_csv(folder / "events.acled")
    pd.read_csv(folder / "events.ucdp")
    polecat = pd.read_csv(folder / "events.polecat", sep="\t")
    check("Event ID" in polecat.columns and polecat["Latitude"].dtype == float, "POLECAT reads as loaders read it")
    print("pandas: CSV, ACLED, UCDP, POLECAT")
    parquet = folder / "claims.parquet"
    if not parquet.is_file():
        skipped.append("Parquet (this binary was built without Arrow)")
    elif have("pyarrow", "Parquet"):
        table = pd.read_parquet(parquet)
        check(list(table["id"]) == list(claims["id"]), "claims.parquet and claims.csv hold the same claims")
        print("pyarrow: Parquet")


def gdelt() -> None:
    if not have("pandas", "GDELT"):
        return
    import pandas as pd

    for name, source, count in [("gdelt", "events", 61), ("gdelt-mentions", "mentions", 16)]:
        for what in ("claims", "events"):
            frame = pd.read_csv(folder / f"{what}.{name}", sep="\t", header=None, dtype={26: str, 27: str, 28: str})
            check(frame.shape[1] == count, f"{what}.{name} has {count} columns")
            check(frame[0].dtype.kind == "i", f"{what}.{name}: ids are whole numbers")
    events = pd.read_csv(folder / "claims.gdelt", sep="\t", header=None, dtype={26: str, 28: str})
    mentions = pd.read_csv(folder / "claims.gdelt-mentions", sep="\t", header=None)
    check(set(events[0]) == set(mentions[0]), "every event has a mention")
    check(events[29].isin([1, 2, 3, 4]).all(), "quad classes")
    check(all(code.startswith(root) for code, root in zip(events[26], events[28])), "roots of CAMEO codes")
    # The loader called `gdelt` fetches tables from the net as soon as it is imported, so it is no part of a check that must run anywhere.
    skipped.append("GDELT by a loader of its own (the one on PyPI needs the net to be imported)")
    print("pandas: GDELT's events and mentions")


def hxl() -> None:
    if not have("hxl", "libhxl"):
        return
    import hxl

    for what in ("claims", "events", "control"):
        source = hxl.data(str(folder / f"{what}.hxl"), hxl.InputOptions(allow_local=True))
        check(len(list(source)) > 0, f"{what}.hxl has rows for libhxl")
        source = hxl.data(str(folder / f"{what}.hxl"), hxl.InputOptions(allow_local=True))
        check(hxl.validate(source, None), f"{what}.hxl is valid")
    print("libhxl: tags and types")


def ftm() -> None:
    if not have("followthemoney", "followthemoney"):
        return
    from followthemoney import model

    for what in ("claims", "events", "actors", "sources"):
        seen = set()
        for line in open(folder / f"{what}.ftm", encoding="utf-8"):
            entity = json.loads(line)
            proxy = model.get_proxy(entity, cleaned=False)
            for name, values in entity["properties"].items():
                check(name in proxy.schema.properties, f"{proxy.schema.name} has no {name}")
                check(len(proxy.get(name)) == len(set(values)), f"{proxy.schema.name}.{name} takes {values}")
                if proxy.schema.properties[name].type.name == "entity":
                    check(set(values) <= seen, f"{name} refers to what stands before it")
            proxy.schema.validate(entity)
            check(entity["id"] not in seen, "an entity stands once")
            seen.add(entity["id"])
    print("followthemoney: schemata, properties, references")


def gdal() -> None:
    if shutil.which("ogrinfo") is None:
        skipped.append("GDAL (ogrinfo is not installed)")
        return
    for what in ("claims", "events", "control", "disputes"):
        for name in ("geojson", "kml"):
            path = folder / f"{what}.{name}"
            told = subprocess.run(["ogrinfo", "-ro", "-al", "-so", str(path)], capture_output=True, text=True, check=False)
            count = sum(int(number) for number in re.findall(r"Feature Count: (\d+)", told.stdout))
            check(told.returncode == 0 and not re.search("ERROR|Warning", told.stderr), f"{path.name}: {told.stderr.strip()}")
            text = path.read_text(encoding="utf-8")
            expected = len(json.loads(text)["features"]) if name == "geojson" else text.count("<Placemark>")
            check(count == expected > 0, f"{path.name}: {count} of {expected} features")
    print("GDAL: GeoJSON and KML")


warnings.simplefilter("ignore")
for step in (tables, pandas, gdelt, hxl, ftm, gdal):
    step()
for one in skipped:
    print(f"NOT CHECKED: {one}")
