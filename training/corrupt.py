"""Corrupted copies of a sentence: what wire copy loses on its way (case, apostrophes, quotation marks, commas, final stops)."""
import dataclasses
import re

from features import APOSTROPHES, QUOTES

MARKS = re.compile("[" + APOSTROPHES + "]")


def degrade_form(form: str) -> str:
    """As shared/gold/degrade.py does in conllu mode."""
    w = form.lower()
    w = re.sub(r"[‘’ʼ`´]", "'", w)
    if w in ("'", "`", "``", "''"):
        return "_q_"
    w = re.sub(r"^'(?=\w)", "", w)
    if re.fullmatch(r'[“”"«»\']*', w):
        return "_q_"
    return w.replace("'", "")


def drop(s, gone):
    """The sentence without the token positions in `gone`; only leaves may go."""
    if not gone:
        return s
    keep = [i for i in range(len(s.forms)) if i not in gone]
    new = {old + 1: n + 1 for n, old in enumerate(keep)}
    new[0] = 0
    pick = lambda xs: None if xs is None else [xs[i] for i in keep]
    return dataclasses.replace(
        s, forms=pick(s.forms), upos=pick(s.upos), xpos=pick(s.xpos), rels=pick(s.rels), ner=pick(s.ner), weight=pick(s.weight), ids=None,
        heads=None if s.heads is None else [new.get(s.heads[i], -1) for i in keep])


def corrupt(s, rng):
    """(sentence, possessive labels): 0 none, 1 a clitic of its own, 2 a word that has swallowed its 's."""
    n = len(s.forms)
    has_heads = {h - 1 for h in s.heads} if s.heads else set()
    forms = list(s.forms)
    gone, fused = set(), set()
    r = rng.random()
    mode = "cased" if r < 0.30 else ("degraded" if r < 0.80 else "lower")
    x = rng.random()
    if mode == "cased" and x < 0.08:
        forms = [f[:1].upper() + f[1:] if len(f) > 3 else f for f in forms]
    elif mode == "cased" and x < 0.11:
        forms = [f.upper() for f in forms]
    drop_quotes = rng.random() < (0.5 if mode == "degraded" else 0.15)
    drop_final = rng.random() < 0.10
    drop_commas = rng.random() < 0.05
    fuse = rng.random() < 0.20
    for i, f in enumerate(forms):
        leaf = i not in has_heads
        if leaf and n > 3:
            if drop_quotes and f in QUOTES and not (s.xpos and s.xpos[i] == "POS"):
                gone.add(i)
            elif drop_final and i == n - 1 and f in (".", "!", "?"):
                gone.add(i)
            elif drop_commas and f == ",":
                gone.add(i)
            elif fuse and i and s.xpos and s.xpos[i] == "POS" and MARKS.sub("", f.lower()) == "s" and rng.random() < 0.6:
                gone.add(i)
                fused.add(i - 1)
    for i in fused:
        forms[i] += "s"
    if mode != "cased":
        forms = [degrade_form(f) if mode == "degraded" else f.lower() for f in forms]
    possessive = [2 if i in fused else int(bool(s.xpos) and s.xpos[i] == "POS") for i in range(n)]
    out = drop(dataclasses.replace(s, forms=forms), gone)
    return out, [p for i, p in enumerate(possessive) if i not in gone]


def as_is(s):
    return s, [int(bool(s.xpos) and x == "POS") for x in s.xpos] if s.xpos else [0] * len(s.forms)


def degraded(s):
    out = dataclasses.replace(s, forms=[degrade_form(f) for f in s.forms])
    return as_is(out)
