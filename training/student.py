"""The student: what ships. Word, affix and shape vectors -> two bidirectional LSTM layers -> heads; quantised by export.py."""
import torch
from torch import nn

import features
from heads import Heads

TRAINED_DIM = 64
SHAPE_DIM = 14
GLOVE_DIM = 50
INPUT = GLOVE_DIM + TRAINED_DIM + SHAPE_DIM


class Words:
    """Looks up feature rows, with a cache by form."""

    def __init__(self, words):
        self.rows = {w: i + 1 for i, w in enumerate(words)}
        self.cache = {}

    def __call__(self, form):
        hit = self.cache.get(form)
        if hit is None:
            c = features.canon(form)
            hit = (self.rows.get(c, 0), features.affixes(c), features.shape(form))
            self.cache[form] = hit
        return hit

    def batch(self, sentences):
        b, n = len(sentences), max(len(s.forms) for s in sentences)
        rows = torch.zeros(b, n, dtype=torch.long)
        affixes = torch.zeros(b, n, 7, dtype=torch.long)
        shapes = torch.zeros(b, n, dtype=torch.long)
        lengths = []
        for k, s in enumerate(sentences):
            hits = [self(f) for f in s.forms]
            m = len(hits)
            rows[k, :m] = torch.tensor([h[0] for h in hits])
            affixes[k, :m] = torch.tensor([h[1] for h in hits])
            base = features.case_class(s.forms) * features.SHAPES
            shapes[k, :m] = torch.tensor([base + h[2] for h in hits])
            lengths.append(m)
        return rows, affixes, shapes, torch.tensor(lengths)


def shared_dropout(x, p, training):
    """The same units dropped at every position of a sentence."""
    if not training or p == 0:
        return x
    return x * (torch.rand(x.shape[0], 1, x.shape[2]) >= p).float() / (1 - p)


class Student(nn.Module):
    def __init__(self, vectors, trained, hidden=160, arc=128, rel=128, dropout=0.33, word_dropout=0.15):
        super().__init__()
        self.glove = nn.Parameter(torch.as_tensor(vectors), requires_grad=False)
        self.trained = nn.Embedding(trained, TRAINED_DIM, sparse=False)
        self.affix = nn.EmbeddingBag(features.AFFIX_BUCKETS, TRAINED_DIM, mode="sum")
        self.shape = nn.Embedding(features.SHAPES * features.CASE_CLASSES, SHAPE_DIM)
        nn.init.normal_(self.trained.weight, std=0.3)
        nn.init.normal_(self.affix.weight, std=0.1)
        nn.init.normal_(self.shape.weight, std=0.3)
        widths = [INPUT, 2 * hidden]
        self.forward_cells = nn.ModuleList(nn.LSTM(w, hidden, batch_first=True) for w in widths)
        self.backward_cells = nn.ModuleList(nn.LSTM(w, hidden, batch_first=True) for w in widths)
        for cell in [*self.forward_cells, *self.backward_cells]:
            nn.init.orthogonal_(cell.weight_hh_l0)
            cell.bias_hh_l0.data.zero_()
            cell.bias_ih_l0.data.zero_()
            cell.bias_ih_l0.data[hidden:2 * hidden] = 1.0
            cell.bias_hh_l0.requires_grad_(False)
        self.heads = Heads(2 * hidden, arc, rel, dropout)
        self.hidden, self.dropout, self.word_dropout = hidden, dropout, word_dropout

    def embed(self, rows, affixes, shapes):
        if self.training and self.word_dropout:
            lost = torch.rand(rows.shape) < self.word_dropout
            known = rows.masked_fill(lost, 0)
        else:
            known = rows
        b, n = rows.shape
        trained = self.trained(known.masked_fill(known >= self.trained.num_embeddings, 0))
        affix = self.affix(affixes.view(b * n, -1)).view(b, n, -1)
        return torch.cat([self.glove[known], trained + affix, self.shape(shapes)], -1)

    def encode(self, rows, affixes, shapes, lengths):
        x = self.embed(rows, affixes, shapes)
        n = x.shape[1]
        at = torch.arange(n).unsqueeze(0)
        flip = torch.where(at < lengths.unsqueeze(1), lengths.unsqueeze(1) - 1 - at, at).unsqueeze(-1)
        for f, b in zip(self.forward_cells, self.backward_cells):
            x = shared_dropout(x, self.dropout, self.training)
            ahead = f(x)[0]
            back = b(torch.gather(x, 1, flip.expand_as(x)))[0]
            x = torch.cat([ahead, torch.gather(back, 1, flip.expand_as(back))], -1)
        return x
