"""The training mixture: gold trees, gold names, and names that spaCy marked in cased copy."""
import csv
import itertools
import json
import lzma
import pathlib
import random

import corpora
from labels import ner_mask

LOCATIVE = set("in near at from to of around outside towards toward into inside beyond between across over through reach reached entered".split())


def spacy_mask(sentence, names, facts):
    """spaCy's names as masks; facts about places and groups correct it; its weak kinds stay open."""
    out = [ner_mask(["O", "WEAPON", "MISC", "EVENT"])] * len(sentence)
    for a, b, kind in names:
        kinds = {"WEAPON": ["WEAPON", "MISC", "ORG"], "MISC": ["MISC", "EVENT"]}.get(kind, [kind])
        for i in range(a, b):
            out[i] = ner_mask([("I-" if i > a else "B-") + k for k in kinds], exact=True)
    at = 0
    while at < len(sentence):
        found = facts.match(sentence, at)
        if not found:
            at += 1
            continue
        end, kind = found
        marked = [(a, b, k) for a, b, k in names if a < end and b > at]
        exact = marked == [] or (len(marked) == 1 and marked[0][0] <= at and marked[0][1] >= end and marked[0][1] - marked[0][0] <= end - at + 1)
        if kind == "ORG":
            # A longer name around it ("Islamic State of Iraq") stands.
            if exact or all(a >= at and b <= end for a, b, _ in marked):
                for a, b, _ in marked:
                    for i in range(a, b):
                        out[i] = OPEN
                for i in range(at, end):
                    out[i] = ner_mask([("I-" if i > at else "B-") + "ORG"], exact=True)
        elif exact and (not marked or marked[0][:2] == [at, end]) and not (marked and marked[0][2] in ("LOC", "NORP", "DATE", "NUM")):
            sure = at > 0 and sentence[at - 1].lower() in LOCATIVE and (end == len(sentence) or not sentence[end][:1].isupper())
            for i in range(at, end):
                out[i] = ner_mask([("I-" if i > at else "B-") + "LOC"], exact=True) if sure else OPEN
        at = end
    return out


OPEN = (1 << 21) - 1


class Facts:
    """Names of places (Who's On First) and groups (groups.txt and UCDP), as token sequences."""

    def __init__(self, shared):
        self.table = {}
        with lzma.open(shared / "data/geo/wof-places.tsv.xz", "rt", encoding="utf-8") as lines:
            for line in lines:
                f = line.rstrip("\n").split("\t")
                populous = f[6].replace(".", "").isdigit() and float(f[6]) >= 3000
                if f[1] == "locality" and populous or f[1] in ("country", "region", "county"):
                    for name in [f[2], *f[3].split("|")]:
                        if name.isascii() and name[:1].isupper() and len(name) > 3:
                            self.add(name, "LOC")
        with lzma.open(shared / "data/geo/ucdp-actors-22.1.csv.xz", "rt", encoding="utf-8", errors="replace") as lines:
            for row in csv.DictReader(lines):
                for key in ("NameData", "NameFull"):
                    name = (row.get(key) or "").strip()
                    if name.isascii() and len(name.split()) > 1 and not name.startswith(("Government of", "Civilians", "Supporters of")) and "," not in name and "(" not in name:
                        self.add(name, "ORG")
        for line in (pathlib.Path(__file__).parent / "groups.txt").read_text().splitlines():
            self.add(line, "ORG")

    def add(self, name, kind):
        tokens = tuple(m.group() for m in corpora.TOKEN.finditer(name))
        if tokens:
            self.table.setdefault(tokens[0], {})[tokens] = kind

    def match(self, sentence, at):
        """(end, kind) of the longest name that begins at `at`."""
        for tokens in sorted(self.table.get(sentence[at], ()), key=len, reverse=True):
            if tuple(sentence[at: at + len(tokens)]) == tokens:
                return at + len(tokens), self.table[sentence[at]][tokens]
        return None


def raw_sentences(path, limit=None):
    with open(path, encoding="utf-8") as lines:
        for line in itertools.islice(lines, limit):
            yield json.loads(line)


def gold(shared):
    """(trees, names): training sentences; names come as wikigold, crossner, re3d."""
    ewt = corpora.treebank(shared, "ewt-train")
    gum = corpora.treebank(shared, "gum-open-train")
    for s in gum:
        corpora.gum_names(s)
    trees = ewt + gum
    for s in trees:
        s.ids = None
    wiki = corpora.wikigold(shared)[0]
    cut = len(wiki) * 9 // 10
    names = wiki[:cut] + corpora.crossner(shared, "train") + corpora.crossner(shared, "dev")[:400] + corpora.re3d(shared)
    for s in trees + names:
        if s.ner:
            corpora.places(s)
    return [s for s in trees if len(s.forms) > 1], names


def development(shared):
    wiki = corpora.wikigold(shared)[0]
    return {"ewt": corpora.treebank(shared, "ewt-dev"), "gum": corpora.treebank(shared, "gum-open-dev"),
            "wikigold": wiki[len(wiki) * 9 // 10:], "crossner": corpora.crossner(shared, "dev")[400:]}


def test(shared):
    pud = [s for s in corpora.treebank(shared, "pud-test") if s.name.startswith("n")]
    return {"ewt": corpora.treebank(shared, "ewt-test"), "gum": corpora.treebank(shared, "gum-open-test"), "pud-news": pud,
            "wikigold": corpora.wikigold(shared)[1], "crossner": corpora.crossner(shared, "test")}


def weak_names(path, shared, seed):
    """All sentences with spaCy's names, in random order; masks are made when asked for."""
    rng = random.Random(seed)
    rows = [r for r in raw_sentences(path) if r.get("n") and len(r["f"]) <= 45]
    rng.shuffle(rows)
    facts = Facts(shared)
    while True:
        for r in rows:
            yield corpora.Sentence(forms=r["f"], ner=spacy_mask(r["f"], r["n"], facts), source="spacy")
