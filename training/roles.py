#!/usr/bin/env python3
"""Learn who fills a role, and where it happened, from annotated reports.

usage: roles.py OFFERS.jsonl GOLD_DIR [GOLD_DIR ...] --judge score.py [--out lexicon/roles.tsv] [--by outlet war]

OFFERS comes from `cargo xtask role-features GOLD_DIR`: every candidate claim, and everybody and everywhere that could fill its
agents, targets and places. The judge's own matching says which gold claim a claim is. A log-linear model over named features chooses one
offer a role. Where gold leaves a role open nobody is right; offers of somebody whom the annotators name elsewhere in the report, which
the judge lets pass there, neither help nor hurt. Before it writes weights it prints what the model does on outlets, and on wars, that
it has not seen, beside what the rules do: how often the judge agrees, and how often gold and choice are the same. Rare features are left out.
"""
import argparse, json, pathlib, re
from collections import Counter, defaultdict

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix
from sklearn.model_selection import GroupKFold

import judging

# each role with the penalty on its weights that did best on outlets held out
ROLES = {"agents": 8.0, "targets": 16.0, "first-side": 16.0, "other-side": 16.0, "places": 25.0}

# a report is of the war whose words it has most of
WARS = {
    "Syria": r"syria|aleppo|idlib|assad", "Ukraine": r"ukrain|russia", "Israel": r"gaza|israel|hamas|hezbollah",
    "Iran": r"\biran", "Iraq": r"iraq|mosul", "Yemen": r"yemen|houthi", "El Salvador": r"salvador|fmln",
    "Andes": r"peru|colombia|bogota|shining path|chile", "Central America": r"hondura|guatemal|nicarag|panama",
    "India": r"india|gujarat|ayodhya|delhi", "Africa": r"sudan|somali|nigeria|congo|\bmali\b|sahel|ethiop",
}


def questions(judge, path, gold_dirs):
    """One question a role of a matched claim: (outlet, role, features of its offers, which of them the judge calls right, which
    are what gold says, war)."""
    rows = defaultdict(list)
    for line in open(path, encoding="utf-8"):
        r = json.loads(line)
        rows[r["claim"]["report"]["id"]].append(r)
    found = []
    for f in sorted(f for gold in gold_dirs for f in pathlib.Path(gold).glob("*.gold.json")):
        d = json.loads(f.read_text())
        mine = rows[d["doc"]]
        text = f.with_name(d["doc"] + ".txt").read_text(encoding="utf-8").lower()
        war = max(WARS, key=lambda w: len(re.findall(WARS[w], text)))
        pairs, _, known = judging.matched(judge, d, [r["claim"] for r in mine])
        for i, j in pairs.items():
            g, r = d["claims"][i], mine[j]
            if r["claim"]["confidence"] < 0.3:
                continue
            for role in ROLES:
                offers = [o for o in r["offers"] if o["role"] == role]
                if not offers:
                    continue
                sides = (g.get("agents") or []) + (g.get("targets") or [])
                gold = sides if "side" in role else g.get(role) or []
                passes, right = [], []
                for o in offers:
                    names = [{"name": n, "text": t} for n, t in o["participants"]]
                    if role == "first-side" and gold:  # any of them, but nobody else
                        one = bool(names) and all(any(judge.same_name(x, m) for x in gold) for m in names)
                        passes.append(one)
                        right.append(one)
                        continue
                    passes.append(judge.same_set(gold, names) if gold
                                  else all(any(judge.same_name(k, m) for k in known[role == "places"]) for m in names))
                    right.append(judge.same_set(gold, names) if gold else not names)
                found.append((d["source"], role, [o["features"] for o in offers], np.array(passes), np.array(right), war))
    return found


class Model:
    def __init__(self, rare, penalty):
        self.rare, self.penalty = rare, penalty

    def fit(self, data):
        counts = Counter(name for q in data for offer in q[2] for name in set(offer))
        self.index = {name: n for n, name in enumerate(sorted(k for k, c in counts.items() if c >= self.rare))}
        data = [q for q in data if q[4].any()]
        # what passes without being right is left out
        keep = [[i for i in range(len(q[2])) if q[4][i] or not q[3][i]] for q in data]
        data = [(q[0], q[1], [q[2][i] for i in k], q[3][k], q[4][k]) for q, k in zip(data, keep)]
        x, starts, right = self.matrix(data)
        groups = np.repeat(np.arange(len(data)), np.diff(starts))

        def loss(w):
            s = x @ w
            top = np.maximum.reduceat(s, starts[:-1])
            e = np.exp(s - top[groups])
            z, zr = np.add.reduceat(e, starts[:-1]), np.add.reduceat(e * right, starts[:-1])
            p, q = e / z[groups], e * right / zr[groups]
            return (np.log(z) - np.log(zr)).sum() + self.penalty / 2 * w @ w, x.T @ (p - q) + self.penalty * w

        self.w = minimize(loss, np.zeros(len(self.index)), jac=True, method="L-BFGS-B", options={"maxiter": 300}).x
        return self

    def matrix(self, data):
        rows, cols, starts, right, n = [], [], [0], [], 0
        for q in data:
            for offer, ok in zip(q[2], q[4]):
                for name in set(offer):
                    k = self.index.get(name)
                    if k is not None:
                        rows.append(n); cols.append(k)
                right.append(ok); n += 1
            starts.append(n)
        x = csr_matrix((np.ones(len(rows)), (rows, cols)), shape=(n, len(self.index)))
        return x, np.array(starts), np.array(right, dtype=float)

    def choose(self, data, margin=1e9):
        x, starts, _ = self.matrix(data)
        s = x @ self.w
        chosen = []
        for a, b in zip(starts, starts[1:]):
            v = s[a:b].copy()
            v[0] += margin * (data[len(chosen)][2][0][0].split()[-1] == "own")
            chosen.append(int(np.argmax(v)))
        return chosen


def held_out(data, by, o):
    """Prints what models that have not seen the outlet, or the war, do beside the rules."""
    total, changed = Counter(), Counter()
    for role, penalty in ROLES.items():
        asked = [q for q in data if q[1] == role]
        groups = [q[{"outlet": 0, "war": 5}[by]] for q in asked]
        for train, test in GroupKFold(min(o.folds, len(set(groups)))).split(asked, groups=groups):
            model = Model(o.rare, penalty).fit([asked[i] for i in train])
            held = [asked[i] for i in test]
            for q, c in zip(held, model.choose(held, 1.0 if role == "places" else o.margin)):
                total[role] += 1
                total[role, "rules"] += q[3][0]
                total[role, "model"] += q[3][c]
                total[role, "reach"] += q[3].any()
                total[role, "rules same"] += q[4][0]
                total[role, "model same"] += q[4][c]
                changed[role, "better" if q[3][c] > q[3][0] else "worse" if q[3][c] < q[3][0] else "same" if c else "kept"] += 1
    for role in ROLES:
        n = total[role]
        print(f"{role}: {n} questions, right by rules {total[role, 'rules'] / n:.3f}, by the model where the {by} is unseen "
              f"{total[role, 'model'] / n:.3f} (the same {total[role, 'rules same'] / n:.3f} and {total[role, 'model same'] / n:.3f}), right offer there {total[role, 'reach'] / n:.3f}; "
              + ", ".join(f"{k} {changed[role, k]}" for k in ("better", "worse", "same", "kept")), flush=True)


def main():
    ap = argparse.ArgumentParser()
    ap.add_argument("offers"); ap.add_argument("gold", nargs="+"); ap.add_argument("--judge", required=True)
    ap.add_argument("--out"); ap.add_argument("--rare", type=int, default=10); ap.add_argument("--by", nargs="*", default=["outlet", "war"], choices=["outlet", "war"])
    ap.add_argument("--folds", type=int, default=10); ap.add_argument("--margin", type=float, default=1e9)
    o = ap.parse_args()
    data = questions(judging.load(o.judge), o.offers, o.gold)
    for by in o.by:
        held_out(data, by, o)
    if o.out:
        weights = {}
        for role, penalty in ROLES.items():
            model = Model(o.rare, penalty).fit([q for q in data if q[1] == role])
            weights.update({name: model.w[k] for name, k in model.index.items() if abs(model.w[k]) >= 0.03})
        with open(o.out, "w", encoding="utf-8") as out:
            out.write("# Weights of the model that chooses who fills a role. Learnt by training/roles.py; name, then weight.\n")
            out.write("# A: agents, T: targets, P: places. See src/ranking for what the names say.\n")
            for name in sorted(weights):
                out.write(f"{name}\t{weights[name]:.2f}\n")
        print(f"{len(weights)} weights")


if __name__ == "__main__":
    main()
