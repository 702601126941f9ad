"""Trains the namer: a small bidirectional LSTM over the shipped encoder's states and word vectors that labels names; the encoder stays as it is.

usage: naming.py --shared ../shared --model ../crates/contested-language/data/model.bin --out build/names.pt [--raw build/raw.jsonl]
"""
import argparse
import itertools
import pathlib
import random
import time

import torch
from torch import nn

import batches
import corpora
import corrupt
import data
import scoring
import shipped
from heads import name_labels
from labels import NER
from student import INPUT, shared_dropout


class Namer(nn.Module):
    """States and word vectors -> one bidirectional LSTM -> labels; the encoder's own opinion of the label is not asked."""

    def __init__(self, width, hidden=64, dropout=0.3):
        super().__init__()
        self.ahead = nn.LSTM(width + INPUT, hidden, batch_first=True)
        self.back = nn.LSTM(width + INPUT, hidden, batch_first=True)
        for cell in (self.ahead, self.back):
            nn.init.orthogonal_(cell.weight_hh_l0)
            cell.bias_hh_l0.data.zero_()
            cell.bias_ih_l0.data.zero_()
            cell.bias_ih_l0.data[hidden:2 * hidden] = 1.0
            cell.bias_hh_l0.requires_grad_(False)
        self.out = nn.Linear(2 * hidden, len(NER))
        self.direct = nn.Linear(width, len(NER), bias=False)
        self.hidden, self.dropout = hidden, dropout

    def forward(self, h, x, lengths):
        n = x.shape[1]
        at = torch.arange(n).unsqueeze(0)
        flip = torch.where(at < lengths.unsqueeze(1), lengths.unsqueeze(1) - 1 - at, at).unsqueeze(-1)
        h = shared_dropout(h, self.dropout, self.training)
        both = torch.cat([h, shared_dropout(x, self.dropout, self.training)], -1)
        ahead = self.ahead(both)[0]
        back = self.back(torch.gather(both, 1, flip.expand_as(both)))[0]
        y = torch.cat([ahead, torch.gather(back, 1, flip.expand_as(back))], -1)
        return self.out(shared_dropout(y, self.dropout, self.training)) + self.direct(h)


class Names:
    """Encoder and namer with what evaluation asks for."""

    def __init__(self, student, words, namer):
        self.student, self.words, self.namer = student, words, namer

    @torch.no_grad()
    def encode(self, sentences):
        batch = self.words.batch(sentences)
        return self.student.encode(*batch), self.student.embed(*batch[:3]), batch[3]

    def scores(self, sentences):
        return self.namer(*self.encode(sentences))

    @torch.no_grad()
    def predict(self, sentences):
        self.namer.eval()
        out = [None] * len(sentences)
        for chunk in batches.by_length(sentences, 2000, random.Random(0), limit=10**6):
            scores = self.scores([sentences[i] for i in chunk])
            for k, i in enumerate(chunk):
                out[i] = {"ner": [NER[x] for x in name_labels(scores[k, : len(sentences[i].forms)].tolist())]}
        self.namer.train()
        return out


def report(model, sets):
    lines = []
    for name, sentences in sets.items():
        for kind in ("cased", "degraded"):
            view = sentences if kind == "cased" else [corrupt.degraded(s)[0] for s in sentences]
            scores = scoring.name_scores(sentences, model.predict(view))
            lines.append(f"{name} {kind} " + " ".join(f"{k} {v:.4f}" for k, v in scores.items()))
    return "\n".join(lines)


def loss(scores, allowed):
    known = allowed.any(-1) & ~allowed.all(-1)
    of = scores[known].log_softmax(-1)
    return -torch.logsumexp(of.masked_fill(~allowed[known], -1e4), -1).sum() / known.sum()


def main():
    p = argparse.ArgumentParser()
    p.add_argument("--shared", type=pathlib.Path, default=pathlib.Path("../shared"))
    p.add_argument("--model", type=pathlib.Path, required=True)
    p.add_argument("--raw", type=pathlib.Path)
    p.add_argument("--out", type=pathlib.Path, required=True)
    p.add_argument("--hidden", type=int, default=64)
    p.add_argument("--dropout", type=float, default=0.3)
    p.add_argument("--rate", type=float, default=2e-3)
    p.add_argument("--budget", type=int, default=1200)
    p.add_argument("--steps", type=int, default=1500)
    p.add_argument("--weak", type=int, default=2000)
    p.add_argument("--trees", type=int, default=2000, help="sentences of GUM with names in each pass")
    p.add_argument("--seed", type=int, default=1)
    p.add_argument("--dev-every", type=int, default=300)
    a = p.parse_args()
    torch.set_num_threads(1)
    torch.manual_seed(a.seed)
    rng = random.Random(a.seed)
    trees, names = data.gold(a.shared)
    gum = [s for s in trees if s.ner]
    for s in gum:
        s.upos = s.xpos = s.heads = s.rels = None
    dev = {k: v for k, v in data.development(a.shared).items() if k in ("wikigold", "crossner")}
    student, words, _ = shipped.load(a.model)
    model = Names(student, words, Namer(2 * student.hidden, a.hidden, a.dropout))
    weak = data.weak_names(a.raw, a.shared, a.seed) if a.raw else iter(())
    parameters = [q for q in model.namer.parameters() if q.requires_grad]
    print(sum(q.numel() for q in parameters), "parameters", len(names), len(gum), flush=True)
    optimizer = torch.optim.AdamW(parameters, lr=a.rate, betas=(0.9, 0.98), weight_decay=0.01)
    average = {k: v.detach().clone() for k, v in model.namer.state_dict().items()}
    step, started, running = 0, time.process_time(), 0.0
    while step < a.steps:
        pool = names + rng.sample(gum, min(a.trees, len(gum))) + list(itertools.islice(weak, a.weak))
        for chunk in batches.by_length(pool, a.budget, rng, 90):
            if step >= a.steps:
                break
            done = step / a.steps
            for group in optimizer.param_groups:
                group["lr"] = a.rate * min(1, (step + 1) / 50) * max(0.01, 1 - done)
            items = [corrupt.corrupt(pool[i], rng)[0] for i in chunk]
            b, n = len(items), max(len(s.forms) for s in items)
            bits = torch.zeros(b, n, dtype=torch.long)
            for k, s in enumerate(items):
                bits[k, : len(s.forms)] = torch.tensor(s.ner)
            value = loss(model.scores(items), (bits.unsqueeze(-1) >> batches.BITS) & 1 == 1)
            optimizer.zero_grad(set_to_none=True)
            value.backward()
            nn.utils.clip_grad_norm_(parameters, 5.0)
            optimizer.step()
            step += 1
            decay = min(0.995, step / (step + 20))
            with torch.no_grad():
                for k, v in model.namer.state_dict().items():
                    average[k].lerp_(v, 1 - decay)
            running += value.item()
            if step % 50 == 0:
                print(f"{step}/{a.steps} loss {running / 50:.3f} {time.process_time() - started:.0f} CPU-s", flush=True)
                running = 0.0
            if step % a.dev_every == 0 or step == a.steps:
                live = {k: v.clone() for k, v in model.namer.state_dict().items()}
                model.namer.load_state_dict(average)
                torch.save({"namer": average, "hidden": a.hidden}, a.out)
                print(report(model, dev), flush=True)
                model.namer.load_state_dict(live)


if __name__ == "__main__":
    main()
