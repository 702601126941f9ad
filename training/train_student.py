"""Trains the student on gold and, where given, on silver.

usage: train_student.py --shared ../shared --raw build/raw.jsonl --out build/student.pt [--silver build/silver.jsonl] [--epochs 8]
"""
import argparse
import itertools
import json
import pathlib
import random
import time

import torch
from torch import nn

import batches
import corpora
import corrupt
import data
import teacher as teaching
import vocabulary
from heads import losses
from labels import ner_mask
from student import Student, Words


class Wrapped(nn.Module):
    """A student with the teacher's interface, for prediction."""

    def __init__(self, student, words):
        super().__init__()
        self.student, self.words, self.heads = student, words, student.heads

    def forward(self, sentences):
        return self.student.encode(*self.words.batch(sentences))


def silver(path, seed, limit=None):
    out = []
    for row in data.raw_sentences(path, limit):
        s = corpora.Sentence(forms=row["f"], upos=row["u"], xpos=row["x"], heads=row["h"], rels=row["r"], weight=row["w"], source="silver")
        s.ner = [ner_mask([n], exact=True) if n else (1 << 21) - 1 for n in row["n"]]
        out.append(s)
    return out


def main():
    p = argparse.ArgumentParser()
    p.add_argument("--shared", type=pathlib.Path, default=pathlib.Path("../shared"))
    p.add_argument("--raw", type=pathlib.Path, required=True)
    p.add_argument("--silver", type=pathlib.Path)
    p.add_argument("--start", type=pathlib.Path, help="continue from this student's weights")
    p.add_argument("--out", type=pathlib.Path, required=True)
    p.add_argument("--epochs", type=float, default=8, help="passes over the gold")
    p.add_argument("--hidden", type=int, default=160)
    p.add_argument("--budget", type=int, default=2500)
    p.add_argument("--rate", type=float, default=3e-3)
    p.add_argument("--dropout", type=float, default=0.33)
    p.add_argument("--weak", type=int, default=3000, help="sentences with spaCy's names in each pass")
    p.add_argument("--names-copies", type=int, default=1, help="times the sentences with gold names come in each pass")
    p.add_argument("--threads", type=int, default=1)
    p.add_argument("--seed", type=int, default=1)
    p.add_argument("--dev-every", type=int, default=1000)
    a = p.parse_args()
    torch.set_num_threads(a.threads)
    torch.manual_seed(a.seed)
    rng = random.Random(a.seed)
    trees, names = data.gold(a.shared)
    dev = {k: v[:300] for k, v in data.development(a.shared).items()}
    words, vectors, trained = vocabulary.build(trees, data.raw_sentences(a.raw))
    print(len(words), "words", trained, "trained", flush=True)
    lookup = Words(words)
    model = Student(vectors, trained, a.hidden, dropout=a.dropout)
    if a.start:
        model.load_state_dict(torch.load(a.start, weights_only=False)["model"])
    wrapped = Wrapped(model, lookup)
    fixed = trees + names * a.names_copies + (silver(a.silver, a.seed) if a.silver else [])
    weak = data.weak_names(a.raw, a.shared, a.seed)
    mixture = lambda: fixed + list(itertools.islice(weak, a.weak))  # other weak sentences in every pass
    pool = mixture()
    parameters = [q for q in model.parameters() if q.requires_grad]
    optimizer = torch.optim.AdamW(parameters, lr=a.rate, betas=(0.9, 0.95), weight_decay=1e-4)
    total = int(len(batches.by_length(pool, a.budget, rng, 80)) * a.epochs)
    average = {k: v.detach().clone() for k, v in model.state_dict().items()}
    step, started, running, tokens = 0, time.time(), 0.0, 0

    def save():
        live = {k: v.clone() for k, v in model.state_dict().items()}
        model.load_state_dict(average)
        torch.save({"model": average, "words": words, "trained": trained, "hidden": a.hidden}, a.out)
        print(teaching.report(wrapped, dev), flush=True)
        model.load_state_dict(live)

    while step < total:
        for chunk in batches.by_length(pool, a.budget, rng, 80):
            if step >= total:
                break
            done = step / total
            for group in optimizer.param_groups:
                group["lr"] = a.rate * min(1, (step + 1) / 100) * max(0.01, (1 - done) if done > 0.3 else 0.7)
            items = [corrupt.corrupt(pool[i], rng) for i in chunk]
            batch = batches.labels(items)
            loss = losses(model.heads, wrapped([s for s, _ in items]), batch)
            optimizer.zero_grad(set_to_none=True)
            loss.backward()
            nn.utils.clip_grad_norm_(parameters, 5.0)
            optimizer.step()
            step += 1
            decay = min(0.998, step / (step + 20))
            with torch.no_grad():
                for k, v in model.state_dict().items():
                    if k != "glove":
                        average[k].lerp_(v, 1 - decay)
            running += loss.item()
            tokens += int(batch["mask"].sum())
            if step % 50 == 0:
                print(f"{step}/{total} loss {running / 50:.3f} {tokens / (time.time() - started):.0f} tokens/s {time.time() - started:.0f} s", flush=True)
                running = 0.0
            if step % a.dev_every == 0:
                save()
        pool = mixture()
    save()


if __name__ == "__main__":
    main()
