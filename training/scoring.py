"""Scores on gold tokens: UPOS, XPOS, UAS, LAS (all tokens, full labels), and span F1 of names by person, organisation, place."""
from labels import DEPREL, NER, UPOS, XPOS

SCORED = {"PER": "PER", "ORG": "ORG", "LOC": "LOC", "FAC": "LOC"}
WIKIGOLD = {"PER": "PER", "ORG": "ORG", "LOC": "LOC"}
CROSSNER = {"politician": "PER", "person": "PER", "politicalparty": "ORG", "organisation": "ORG", "country": "LOC", "location": "LOC"}


def parse_scores(sentences, predictions):
    n = upos = xpos = uas = las = las_universal = 0
    for s, p in zip(sentences, predictions):
        for i in range(len(s.forms)):
            n += 1
            upos += p["upos"][i] == s.upos[i]
            xpos += p["xpos"][i] == s.xpos[i]
            if p["heads"][i] == s.heads[i]:
                uas += 1
                las += p["rels"][i] == s.rels[i]
                las_universal += p["rels"][i].split(":")[0] == s.rels[i].split(":")[0]
    return {"words": n, "UPOS": upos / n, "XPOS": xpos / n, "UAS": uas / n, "LAS": las / n, "LAS-universal": las_universal / n}


def spans(tags):
    """BIO tags to (start, end, kind); an I that follows no span of its kind starts one."""
    out, start, kind = [], None, None
    for i, t in enumerate(list(tags) + ["O"]):
        inside = t.startswith("I-") and kind == t[2:]
        if not inside:
            if kind is not None:
                out.append((start, i, kind))
            start, kind = (i, t[2:]) if t != "O" else (None, None)
    return out


def gold_spans(s):
    if s.source == "wikigold":
        mapping = WIKIGOLD
    else:
        mapping = CROSSNER
    return {(a, b, mapping[k]) for a, b, k in spans(s.ids) if k in mapping}


def name_scores(sentences, predictions):
    right = found = wanted = 0
    for s, p in zip(sentences, predictions):
        gold = gold_spans(s)
        mine = {(a, b, SCORED[k]) for a, b, k in spans(p["ner"]) if k in SCORED}
        right += len(gold & mine)
        found += len(mine)
        wanted += len(gold)
    precision, recall = right / max(found, 1), right / max(wanted, 1)
    return {"P": precision, "R": recall, "F1": 2 * precision * recall / max(precision + recall, 1e-9)}
