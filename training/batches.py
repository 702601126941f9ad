"""Turning sentences into padded tensors of labels, batched by length."""
import torch

from heads import IGNORE
from labels import DEPREL, NER, UPOS, XPOS

U = {x: i for i, x in enumerate(UPOS)}
X = {x: i for i, x in enumerate(XPOS)}
R = {x: i for i, x in enumerate(DEPREL)}
BITS = torch.arange(len(NER))


def label(name, table):
    return table.get(name, table.get(name.split(":")[0], IGNORE))


def labels(items):
    """items: [(sentence, possessive)]; returns the label tensors of a batch."""
    b, n = len(items), max(len(s.forms) for s, _ in items)
    full = lambda: torch.full((b, n), IGNORE, dtype=torch.long)
    out = {k: full() for k in ("upos", "xpos", "heads", "rels", "poss")}
    out["weight"] = torch.ones(b, n)
    out["mask"] = torch.zeros(b, n, dtype=torch.bool)
    bits = torch.zeros(b, n, dtype=torch.long)
    for k, (s, possessive) in enumerate(items):
        m = len(s.forms)
        out["mask"][k, :m] = True
        if s.upos:
            out["upos"][k, :m] = torch.tensor([label(x, U) for x in s.upos])
            out["xpos"][k, :m] = torch.tensor([X.get(x, IGNORE) for x in s.xpos])
            out["heads"][k, :m] = torch.tensor([h if h >= 0 else IGNORE for h in s.heads])
            out["rels"][k, :m] = torch.tensor([label(r, R) if h >= 0 else IGNORE for r, h in zip(s.rels, s.heads)])
            out["poss"][k, :m] = torch.tensor(possessive)
            if s.weight:
                out["weight"][k, :m] = torch.tensor(s.weight)
        if s.ner:
            bits[k, :m] = torch.tensor(s.ner)
    out["ner"] = (bits.unsqueeze(-1) >> BITS) & 1 == 1
    out["head_mask"] = torch.cat([torch.ones(b, 1, dtype=torch.bool), out["mask"]], 1)
    return out


def by_length(sentences, budget, rng, limit=100):
    """Lists of indices, each of about `budget` tokens and of nearly equal length, in random order."""
    order = [i for i, s in enumerate(sentences) if len(s.forms) <= limit]
    order.sort(key=lambda i: (len(sentences[i].forms), rng.random()))
    out, current, size = [], [], 0
    for i in order:
        current.append(i)
        size += len(sentences[i].forms)
        if size >= budget:
            out.append(current)
            current, size = [], 0
    if current:
        out.append(current)
    rng.shuffle(out)
    return out
