"""The heads that teacher and student share, their losses and the tree decoder used for evaluation."""
import torch
import torch.nn.functional as F
from torch import nn

from labels import DEPREL, NER, POSS, UPOS, XPOS

IGNORE = -100


class Heads(nn.Module):
    """Linear taggers and an arc-factored parser over encoder states."""

    def __init__(self, width: int, arc: int, rel: int, dropout: float):
        super().__init__()
        self.upos = nn.Linear(width, len(UPOS))
        self.xpos = nn.Linear(width, len(XPOS))
        self.ner = nn.Linear(width, len(NER))
        self.poss = nn.Linear(width, len(POSS))
        self.arc_dep = nn.Linear(width, arc)
        self.arc_head = nn.Linear(width, arc)
        self.arc_u = nn.Linear(arc, arc)          # its bias is the score of being a head at all
        self.arc_root = nn.Parameter(torch.zeros(arc))
        self.rel_dep = nn.Linear(width, rel)
        self.rel_head = nn.Linear(width, rel)
        self.rel_root = nn.Parameter(torch.zeros(rel))
        self.rel_out = nn.Linear(rel, len(DEPREL))
        self.drop = nn.Dropout(dropout)
        nn.init.normal_(self.arc_root, std=0.1)
        nn.init.normal_(self.rel_root, std=0.1)
        nn.init.normal_(self.arc_u.weight, std=0.05)

    def tags(self, h):
        h = self.drop(h)
        return self.upos(h), self.xpos(h), self.ner(h), self.poss(h)

    def arcs(self, h):
        """Scores [batch, dependent, head]; head 0 is the root."""
        h = self.drop(h)
        dep = self.drop(F.leaky_relu(self.arc_dep(h), 0.1))
        head = self.drop(F.leaky_relu(self.arc_head(h), 0.1))
        root = self.arc_root.expand(h.shape[0], 1, -1)
        return self.arc_u(dep) @ torch.cat([root, head], 1).transpose(1, 2)

    def rels(self, h, heads):
        """Label scores for the given heads (0 = root, 1-based)."""
        h = self.drop(h)
        dep = self.rel_dep(h)
        head = torch.cat([self.rel_root.expand(h.shape[0], 1, -1), self.rel_head(h)], 1)
        picked = torch.gather(head, 1, heads.clamp(min=0).unsqueeze(-1).expand(-1, -1, head.shape[-1]))
        return self.rel_out(self.drop(F.leaky_relu(dep + picked, 0.1)))


def losses(heads: Heads, h, batch):
    """Summed losses over a batch; a label of IGNORE or a mask of 0 takes no part."""
    upos, xpos, ner, poss = heads.tags(h)
    total = h.new_zeros(())
    flat = lambda scores, gold: F.cross_entropy(scores.reshape(-1, scores.shape[-1]), gold.reshape(-1), ignore_index=IGNORE, reduction="sum")
    tokens = batch["mask"].sum()
    if (batch["upos"] != IGNORE).any():
        weight = batch["weight"].reshape(-1)
        total = total + 0.7 * flat(upos, batch["upos"]) + 0.5 * flat(xpos, batch["xpos"]) + 0.5 * flat(poss, batch["poss"])
        arcs = heads.arcs(h)
        arcs = arcs.masked_fill(~batch["head_mask"].unsqueeze(1), -1e4)
        arc = F.cross_entropy(arcs.reshape(-1, arcs.shape[-1]), batch["heads"].reshape(-1), ignore_index=IGNORE, reduction="none")
        rels = heads.rels(h, batch["heads"])
        rel = F.cross_entropy(rels.reshape(-1, rels.shape[-1]), batch["rels"].reshape(-1), ignore_index=IGNORE, reduction="none")
        total = total + (weight * (arc + rel)).sum()
    allowed = batch["ner"]
    known = allowed.any(-1) & ~allowed.all(-1)
    if known.any():
        scores = ner[known].log_softmax(-1)
        total = total - torch.logsumexp(scores.masked_fill(~allowed[known], -1e4), -1).sum()
    return total / tokens


def name_labels(scores):
    """The best label sequence in which an inside label follows its own kind; scores [n][labels] as lists. Twin of model/names.rs."""
    labels = len(NER)
    last, back = None, []
    for row in scores:
        if last is None:
            now = [float("-inf") if k and k % 2 == 0 else row[k] for k in range(labels)]
            came = [0] * labels
        else:
            top = max(range(labels), key=last.__getitem__)
            now, came = [], []
            for k in range(labels):
                before = top if k == 0 or k % 2 else (k if last[k] > last[k - 1] else k - 1)
                now.append(last[before] + row[k])
                came.append(before)
        last = now
        back.append(came)
    at, out = max(range(labels), key=last.__getitem__), []
    for came in reversed(back):
        out.append(at)
        at = came[at]
    return out[::-1]


def tree(scores, n):
    """Single-rooted maximum spanning tree over scores [n][n+1] (lists); returns heads, 0 = root."""
    greedy = [max((j for j in range(n + 1) if j != i + 1), key=lambda j: scores[i][j]) for i in range(n)]
    if _is_tree(greedy):
        return greedy
    import numpy as np
    s = np.full((n + 1, n + 1), -np.inf)
    for i in range(n):
        s[i + 1, :] = scores[i]
        s[i + 1, i + 1] = -np.inf
    best, best_score = None, -np.inf
    roots = sorted(range(n), key=lambda i: -scores[i][0])[:5]
    for r in roots:
        t = s.copy()
        t[1:, 0] = -np.inf
        t[r + 1, :] = -np.inf
        t[r + 1, 0] = scores[r][0]
        heads = _cle(t)
        value = sum(t[i, heads[i]] for i in range(1, n + 1))
        if value > best_score:
            best, best_score = heads, value
    return [int(x) for x in best[1:]]


def _is_tree(heads):
    if sum(h == 0 for h in heads) != 1:
        return False
    for i in range(len(heads)):
        seen, j = 0, i + 1
        while j:
            j = heads[j - 1]
            seen += 1
            if seen > len(heads):
                return False
    return True


def _cle(scores):
    """Chu-Liu-Edmonds on scores[dep, head]; node 0 is the root."""
    import numpy as np
    n = scores.shape[0]
    heads = np.argmax(scores, 1)
    heads[0] = 0
    colour, cycle = [0] * n, None
    for start in range(1, n):
        path, j = [], start
        while j and colour[j] == 0:
            colour[j] = start + 1
            path.append(j)
            j = heads[j]
        if j and colour[j] == start + 1:
            cycle = path[path.index(j):]
            break
    if cycle is None:
        return heads
    inside = set(cycle)
    outside = [i for i in range(n) if i not in inside]
    cycle_score = sum(scores[i, heads[i]] for i in cycle)
    m = len(outside)
    t = np.full((m + 1, m + 1), -np.inf)
    enter, leave = {}, {}
    for a, i in enumerate(outside):
        for b, j in enumerate(outside):
            if i != j:
                t[a, b] = scores[i, j]
        j = max(cycle, key=lambda c: scores[i, c])
        t[a, m] = scores[i, j]
        leave[a] = j
    for b, j in enumerate(outside):
        c = max(cycle, key=lambda c: scores[c, j] - scores[c, heads[c]])
        t[m, b] = scores[c, j] - scores[c, heads[c]] + cycle_score
        enter[b] = c
    t[0, :] = -np.inf
    t[0, 0] = 0
    sub = _cle(t)
    out = heads.copy()
    for a, i in enumerate(outside):
        if i:
            out[i] = leave[a] if sub[a] == m else outside[sub[a]]
    b = sub[m]
    out[enter[b]] = outside[b]
    return out
