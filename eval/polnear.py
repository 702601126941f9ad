#!/usr/bin/env python3
"""Attribution on PolNeAR's development articles (measured only, never trained on): is the source's head found for each attribution?

usage: polnear.py DATA/dev RELEASE/contested

Runs `contested analyse --attributions` on every text. A gold attribution (brat: Source, Cue, Content) counts as found when one of our
statements has its cue in the gold cue or shares at least half of the shorter content, and the head of its speaker stands in the gold
source. Attributions without a source are left out. Precision: our statements whose cue or content meets any gold attribution.
"""
import json
import pathlib
import re
import subprocess
import sys


def brat(path):
    spans, events = {}, []
    for line in path.read_text(encoding="utf-8").splitlines():
        fields = line.split("\t")
        if line.startswith("T") and len(fields) == 3:
            pieces = [tuple(map(int, p.split())) for p in fields[1].split(" ", 1)[1].split(";")]
            spans[fields[0]] = pieces
        elif line.startswith("E") and len(fields) == 2:
            event = {"Source": [], "Cue": [], "Content": []}
            for part in fields[1].split():
                role, target = part.split(":")
                role = re.sub(r"\d+$", "", role)
                if role in event:
                    event[role] += spans.get(target, [])
            events.append(event)
    return events


def shared(a, b):
    return sum(max(0, min(x[1], y[1]) - max(x[0], y[0])) for x in a for y in b)


def size(a):
    return sum(end - start for start, end in a)


def main():
    data, program = pathlib.Path(sys.argv[1]), sys.argv[2]
    found = total = cued = spurious = ours = 0
    for ann in sorted((data / "attributions").glob("*.ann")):
        text = data / "text" / (ann.stem.rsplit("_", 1)[0] + ".txt")
        out = subprocess.run([program, "analyse", "--attributions", str(text)], capture_output=True, text=True, check=True).stdout
        mine = [s for line in out.splitlines() for s in json.loads(line)["attributions"]]
        gold = brat(ann)
        for s in mine:
            s["spans"] = [(c["start"], c["end"]) for c in s["content"]]

        def meets(s, g):
            cue = [(s["cue"]["start"], s["cue"]["end"])]
            least = min(size(s["spans"]), size(g["Content"])) or 1
            return shared(cue, g["Cue"]) > 0 or shared(s["spans"], g["Content"]) * 2 >= least

        for g in gold:
            if not g["Source"]:
                continue
            total += 1
            met = [s for s in mine if meets(s, g)]
            cued += bool(met)
            head = lambda s: [(s["speaker"]["head"]["start"], s["speaker"]["head"]["end"])] if s["speaker"] else []
            found += any(shared(head(s), g["Source"]) > 0 for s in met)
        ours += len(mine)
        spurious += sum(not any(meets(s, g) for g in gold) for s in mine)
    print(f"attributions {total}, met {cued / max(total, 1):.3f}, source head found {found / max(total, 1):.3f}, "
          f"our statements {ours}, of them attributions {1 - spurious / max(ours, 1):.3f}")


main()
