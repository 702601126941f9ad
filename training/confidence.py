#!/usr/bin/env python3
"""Learn the weights of the confidence model from annotated reports.

usage: confidence.py CANDIDATES.jsonl GOLD_DIR [GOLD_DIR ...] --judge score.py [--out lexicon/confidence.tsv] [--threshold 0.3]

CANDIDATES comes from `cargo xtask claim-features GOLD_DIR`. A candidate is right when the judge's own matching pairs it with a gold
claim. Logistic regression with L2 over named features; the strength of the penalty and the threshold are chosen by cross-validation
over outlets, so that no outlet's own reports decide on it. Rare features are left out.
"""
import argparse, json, math, pathlib
from collections import Counter, defaultdict

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

import judging


def paired(judge, gold, claims):
    """Indices of the claims that the judge pairs with a gold claim of `gold`, and how many it should have found."""
    by_gold, by_claim, _ = judging.matched(judge, gold, claims)
    required = sum(not g.get("optional") for i, g in enumerate(gold["claims"]) if i not in by_gold)
    return set(by_claim), len(by_gold) + required


def logit(p):
    p = min(max(p, 0.02), 0.98)
    return math.log(p / (1 - p))


def f1(y, chance, n_gold, threshold):
    keep = chance >= threshold
    tp = (y & keep).sum()
    precision, recall = tp / max(keep.sum(), 1), tp / max(n_gold, 1)
    return 2 * precision * recall / max(precision + recall, 1e-9), precision, recall


def main():
    ap = argparse.ArgumentParser()
    ap.add_argument("candidates"); ap.add_argument("gold", nargs="+"); ap.add_argument("--judge", required=True)
    ap.add_argument("--out"); ap.add_argument("--rare", type=int, default=4)
    o = ap.parse_args()
    judge = judging.load(o.judge)
    rows = defaultdict(list)
    for line in open(o.candidates, encoding="utf-8"):
        r = json.loads(line)
        rows[r["claim"]["report"]["id"]].append(r)
    x, y, groups, n_gold, order = [], [], [], 0, []
    outlet_gold = Counter()
    for f in sorted(f for gold in o.gold for f in pathlib.Path(gold).glob("*.gold.json")):
        d = json.loads(f.read_text())
        mine = rows[d["doc"]]
        hits, total = paired(judge, d, [r["claim"] for r in mine])
        n_gold += total
        outlet_gold[d["source"]] += total
        for j, r in enumerate(mine):
            features = {name: 1.0 for name in r["features"]}
            features["prior"] = logit(r["prior"])
            x.append(features); y.append(j in hits); groups.append(d["source"])
    counts = Counter(k for f in x for k in f)
    x = [{k: v for k, v in f.items() if counts[k] >= o.rare} for f in x]
    y, groups = np.array(y), np.array(groups)
    vectorizer = DictVectorizer()
    m = vectorizer.fit_transform(x)
    print(f"{len(y)} candidates, {y.sum()} right, {n_gold} gold; all kept: F1 %.3f P %.3f R %.3f" % f1(y, np.ones(len(y)), n_gold, 0.5))
    best = None
    for c in (0.02, 0.05, 0.1, 0.2, 0.5):
        chance = np.zeros(len(y))
        for train, test in GroupKFold(8).split(m, y, groups):
            model = LogisticRegression(C=c, max_iter=2000).fit(m[train], y[train])
            chance[test] = model.predict_proba(m[test])[:, 1]
        for threshold in np.arange(0.1, 0.6, 0.02):
            score = f1(y, chance, n_gold, threshold)
            if best is None or score[0] > best[0][0]:
                best = (score, c, threshold, chance)
    (score, c, threshold, chance) = best
    print("cross-validated by outlet: C %s threshold %.2f F1 %.3f P %.3f R %.3f" % (c, threshold, *score))
    for low in np.arange(0, 1, 0.1):
        inside = (chance >= low) & (chance < low + 0.1)
        if inside.sum():
            print("  said %.1f–%.1f: right %.2f of %d" % (low, low + 0.1, y[inside].mean(), inside.sum()))
    model = LogisticRegression(C=c, max_iter=2000).fit(m, y)
    if o.out:
        with open(o.out, "w", encoding="utf-8") as out:
            out.write("# Weights of the confidence model: feature<TAB>weight (log odds). Learnt by training/confidence.py; see there.\n")
            out.write(f"bias\t{model.intercept_[0]:.4f}\n")
            for name, weight in sorted(zip(vectorizer.get_feature_names_out(), model.coef_[0])):
                if abs(weight) >= 0.005:
                    out.write(f"{name}\t{weight:.4f}\n")


if __name__ == "__main__":
    main()
