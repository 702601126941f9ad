#!/usr/bin/env python3
"""Detection by outlet and by war: is there a kind of report on which extraction falls behind?

usage: contested extract GOLD/reports.jsonl > claims.jsonl
       folds.py SCORE.PY GOLD claims.jsonl [FEWEST=40]

An outlet is the report's source; a war is the country in which most of the places of a report's claims lie. Groups of fewer than FEWEST annotated claims
are put together as "others". The rules are the same for all; the learnt tables saw every outlet (`training/confidence.py` cross-validates those).
"""
import collections
import json
import pathlib
import subprocess
import sys


def main():
    judge, gold, claims, fewest = sys.argv[1], pathlib.Path(sys.argv[2]), sys.argv[3], int((sys.argv[4:] or ["40"])[0])
    outlet = {}
    for line in open(gold / "reports.jsonl", encoding="utf-8"):
        report = json.loads(line)
        outlet[report["id"]] = report.get("source") or "unnamed"
    lands = collections.defaultdict(collections.Counter)
    for line in open(claims, encoding="utf-8"):
        claim = json.loads(line)
        if claim.get("record") == "claim":
            lands[claim["report"]["id"]].update(place["country"] for place in claim["places"] if place.get("country"))
    war = {doc: (lands[doc].most_common(1) or [("nowhere", 0)])[0][0] for doc in outlet}
    size = {doc: len(json.loads((gold / f"{doc}.gold.json").read_text(encoding="utf-8"))["claims"]) for doc in outlet}
    for title, of in (("outlet", outlet), ("war", war)):
        groups = collections.defaultdict(list)
        for doc, name in of.items():
            groups[name].append(doc)
        few = [name for name, docs in groups.items() if sum(size[doc] for doc in docs) < fewest]
        groups["others"] = [doc for name in few for doc in groups.pop(name)]
        found = []
        for name, docs in sorted(groups.items()):
            if docs:
                told = json.loads(subprocess.run([sys.executable, judge, str(gold), claims, "--json", "--doc", *docs], check=True, capture_output=True).stdout)
                found.append((told["detection"]["f1"], told["strict"]["f1"], name, len(docs)))
        mean = sum(f1 for f1, *_ in found) / len(found)
        worst = min(found)
        for f1, strict, name, docs in sorted(found, reverse=True):
            print(f"{title:8}{name:28}{docs:4} reports   detection {f1:.3f}   strict {strict:.3f}")
        print(f"{title:8}mean {mean:.3f}, worst {worst[0]:.3f} ({worst[2]}), {mean - worst[0]:.3f} behind\n")


if __name__ == "__main__":
    main()
