#!/usr/bin/env python3
"""Sign of factuality on Universal Decompositional Semantics (UDS 1.0, MIT): does what a verb tells hold or not?

usage: contested analyse --tokens ewt-test.conllu --factuality > lines.tsv
       uds.py factuality.json lines.tsv [test]

factuality.json is the normalised annotation file of the UDS package; its nodes `ewt-test-N-semantics-pred-M` are token M of sentence N
of the split. Gold is positive where the value is above 0. Ours is negative where the polarity is negative, the proposition is an outlook
or is only possible or unstated. Measured on verbs that both name; nothing is trained on it.
"""
import json
import re
import sys


def main():
    gold_path, ours_path, split = sys.argv[1], sys.argv[2], (sys.argv[3:] or ["test"])[0]
    ours = {}
    for line in open(ours_path, encoding="utf-8"):
        sentence, token, polarity, certainty, outlook = line.rstrip("\n").split("\t")
        holds = polarity == "positive" and outlook == "-" and certainty in ("certain", "probable")
        ours[int(sentence), int(token)] = (holds, polarity, certainty, outlook)
    right = total = both = said = missed = 0
    asked = 0
    for nodes in json.load(open(gold_path, encoding="utf-8"))["data"].values():
        for node, value in nodes.items():
            found = re.fullmatch(rf"ewt-{split}-(\d+)-semantics-pred-(\d+)", node)
            if not found:
                continue
            asked += 1
            mine = ours.get((int(found[1]), int(found[2])))
            if mine is None:
                continue
            holds = value["factuality"]["factual"]["value"] > 0
            total += 1
            right += holds == mine[0]
            both += not holds and not mine[0]
            said += not mine[0]
            missed += not holds
    precision, recall = both / max(said, 1), both / max(missed, 1)
    print(f"predicates {asked}, judged {total}, sign right {right / max(total, 1):.3f}, "
          f"negative class P {precision:.3f} R {recall:.3f} F1 {2 * both / max(said + missed, 1):.3f}, "
          f"all positive would be {1 - missed / max(total, 1):.3f}")


main()
