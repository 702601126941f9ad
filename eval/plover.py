#!/usr/bin/env python3
"""The PLOVER root of sentences whose source and target are marked (measured only, never trained on).

usage: plover.py SENTENCES.tsv[.xz] contested [--errors N]

Every sentence is given to `contested extract` as a report of its own. Of its claims the one counts whose agents and targets lie nearest
the marked source and target; its root is `codes.plover.event`, of an outlook the root of what it is about, and no claim is no answer.
Printed: share answered, precision, recall and F1 over all sentences (micro), and F1 of each root with their mean (macro).
"""
import argparse
import collections
import csv
import json
import lzma
import pathlib
import re
import subprocess
import tempfile

# the data keep the names of an earlier draft
SAME = {"YIELD": "RETREAT", "COOPERATE": "SUPPORT"}


def rows(path):
    opener = lzma.open if path.suffix == ".xz" else open
    with opener(path, "rt", encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t"))


def spans(marked):
    """Character spans of source and target in the sentence without its marks."""
    found, plain, start = {}, 0, {}
    for piece in re.split(r"(</?[st]>)", marked):
        mark = re.fullmatch(r"<(/?)([st])>", piece)
        if not mark:
            plain += len(piece)
        elif mark[1]:
            found[mark[2]] = (start[mark[2]], plain)
        else:
            start[mark[2]] = plain
    return found


def meets(actors, span):
    if not span:
        return 0
    return any(a["start"] < span[1] and span[0] < a["end"] for a in actors)


def nearness(claim, source, target):
    own = 2 * meets(claim["agents"], source) + 2 * meets(claim["targets"], target)
    swapped = meets(claim["agents"], target) + meets(claim["targets"], source)
    said = any(s["start"] < source[1] and source[0] < s["end"] for s in claim["attribution"]) if source else 0
    return max(own, swapped) + said + claim["confidence"]


def root(claim):
    plover = (claim.get("codes") or {}).get("plover")
    return plover["event"] if plover else None


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=pathlib.Path)
    parser.add_argument("program")
    parser.add_argument("--errors", type=int, default=0)
    options = parser.parse_args()
    data = rows(options.data)
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as reports:
        for number, row in enumerate(data):
            print(json.dumps({"id": str(number), "text": re.sub(r"</?[st]>", "", row["marked_sentence"])}), file=reports)
        reports.flush()
        run = subprocess.run([options.program, "extract", reports.name], capture_output=True, text=True, check=True)
    claims = collections.defaultdict(list)
    for line in run.stdout.splitlines():
        record = json.loads(line)
        if record.get("record") == "claim":
            claims[record["report"]["id"]].append(record)
    counts = collections.defaultdict(lambda: [0, 0, 0])
    wrong = []
    for number, row in enumerate(data):
        gold = SAME.get(row["gold_root"], row["gold_root"])
        marks = spans(row["marked_sentence"])
        coded = [c for c in claims[str(number)] if root(c)]
        best = max(coded, key=lambda c: nearness(c, marks.get("s"), marks.get("t")), default=None)
        answer = root(best) if best else None
        counts[gold][2] += 1
        if answer:
            counts[answer][1] += 1
        counts[gold][0] += answer == gold
        if answer != gold:
            wrong.append((gold, answer, best["evidence"]["trigger"]["text"] if best else "", row["marked_sentence"]))
    right, told, total = (sum(c[i] for c in counts.values()) for i in range(3))

    def f1(right, told, total):
        return 2 * right / (told + total) if told + total else 0.0

    print(f"sentences {total}, answered {told / total:.3f}, precision {right / max(told, 1):.3f}, recall {right / total:.3f}, "
          f"micro F1 {f1(right, told, total):.3f}, macro F1 "
          f"{sum(f1(*c) for c in counts.values() if c[2]) / sum(1 for c in counts.values() if c[2]):.3f}")
    for name, count in sorted(counts.items()):
        print(f"  {name:10} F1 {f1(*count):.3f}  ({count[0]} right, {count[1]} told, {count[2]} gold)")
    for gold, answer, trigger, sentence in sorted(wrong, key=str)[: options.errors]:
        print(f"  {gold} told as {answer} by '{trigger}': {sentence}")


main()
