"""The teacher: MiniLM-L6 fine-tuned on gold trees and names, with the case of each word as an input of its own.

usage: teacher.py --shared ../shared --minilm FOLDER --raw build/raw.jsonl --out build/teacher.pt [--epochs 4]
"""
import argparse
import itertools
import pathlib
import random
import time

import torch
from torch import nn

import batches
import corrupt
import data
import features
import scoring
from bert import MiniLM
from heads import Heads, losses, name_labels, tree
from labels import DEPREL, NER, UPOS, XPOS


FROZEN = 2  # lower layers left as they are: a quarter of the time, and the words in them are known


class Teacher(nn.Module):
    def __init__(self, folder):
        super().__init__()
        self.bert = MiniLM(folder)
        self.shapes = nn.Embedding(features.SHAPES * features.CASE_CLASSES, self.bert.width)
        nn.init.zeros_(self.shapes.weight)
        self.mix = nn.Parameter(torch.tensor([0.0, 0.5, 1.0, 0.5]))
        self.heads = Heads(2 * self.bert.width, 256, 256, 0.2)

    def forward(self, sentences):
        """States of each word. The encoder's products are in bfloat16, which is more than twice as fast where the processor has it."""
        with torch.autocast("cpu", dtype=torch.bfloat16):
            return self.states(sentences).float()

    def states(self, sentences):
        ids, keys, first, last = self.bert.encode(sentences)
        shape = torch.zeros_like(ids)
        for k, s in enumerate(sentences):
            for j, r in enumerate(features.shape_rows(s.forms)):
                shape[k, first[k, j]: last[k, j] + 1] = r
        b = self.bert
        bias = torch.zeros(keys.shape).masked_fill(~keys, -1e4)[:, None, None, :]
        mixed, weights = 0, torch.softmax(self.mix, 0)
        with torch.no_grad():
            x = b.norm(b.words(ids) + b.places.weight[: ids.shape[1]])
            for layer in b.layers[:FROZEN]:
                x = layer(x, bias)
        x = x + self.shapes(shape)
        for i, layer in enumerate(b.layers[FROZEN:]):
            x = layer(x, bias)
            mixed = mixed + weights[i] * x
        pick = lambda at: torch.gather(mixed, 1, at.unsqueeze(-1).expand(-1, -1, mixed.shape[-1]))
        return torch.cat([pick(first), pick(last)], -1)


@torch.no_grad()
def predict(model, sentences, budget=1500, confidences=False):
    """Trees, tags and name labels for each sentence, in order."""
    model.eval()
    out = [None] * len(sentences)
    for chunk in batches.by_length(sentences, budget, random.Random(0), limit=10**6):
        part = [sentences[i] for i in chunk]
        h = model(part)
        upos, xpos, ner, _ = model.heads.tags(h)
        arcs = model.heads.arcs(h)
        upos, xpos = upos.argmax(-1).tolist(), xpos.argmax(-1).tolist()
        heads = torch.zeros(h.shape[:2], dtype=torch.long)
        for k, s in enumerate(part):
            n = len(s.forms)
            heads[k, :n] = torch.tensor(tree(arcs[k, :n, : n + 1].tolist(), n))
        rels = model.heads.rels(h, heads)
        rel = rels.argmax(-1).tolist()
        names = ner.softmax(-1)
        best = [name_labels(ner[k, : len(s.forms)].tolist()) for k, s in enumerate(part)]
        if confidences:
            for k, s in enumerate(part):
                n = len(s.forms)
                arcs[k, :n, n + 1:] = -1e4
            pa = torch.gather(arcs.softmax(-1), 2, heads.unsqueeze(-1)).squeeze(-1)
            confidence = (pa * rels.softmax(-1).amax(-1)).tolist()
            sure = names.amax(-1).tolist()
        for k, i in enumerate(chunk):
            n = len(sentences[i].forms)
            out[i] = {"upos": [UPOS[x] for x in upos[k][:n]], "xpos": [XPOS[x] for x in xpos[k][:n]], "heads": heads[k, :n].tolist(),
                      "rels": [DEPREL[x] for x in rel[k][:n]], "ner": [NER[x] for x in best[k][:n]]}
            if confidences:
                out[i]["confidence"] = confidence[k][:n]
                out[i]["sure"] = sure[k][:n]
    model.train()
    return out


def report(model, sets, limit=None):
    lines = []
    for name, sentences in sets.items():
        sentences = sentences[:limit]
        for kind in ("cased", "degraded"):
            view = sentences if kind == "cased" else [corrupt.degraded(s)[0] for s in sentences]
            predictions = predict(model, view)
            scores = scoring.parse_scores(sentences, predictions) if sentences[0].upos else scoring.name_scores(sentences, predictions)
            lines.append(f"{name} {kind} " + " ".join(f"{k} {v:.4f}" if isinstance(v, float) else f"{k} {v}" for k, v in scores.items()))
    return "\n".join(lines)


def main():
    p = argparse.ArgumentParser()
    p.add_argument("--shared", type=pathlib.Path, default=pathlib.Path("../shared"))
    p.add_argument("--minilm", type=pathlib.Path, required=True)
    p.add_argument("--raw", type=pathlib.Path, required=True)
    p.add_argument("--out", type=pathlib.Path, required=True)
    p.add_argument("--epochs", type=float, default=3)
    p.add_argument("--start", type=pathlib.Path, help="continue from these weights, without warming up")
    p.add_argument("--rate", type=float, default=1.0, help="factor on the learning rates")
    p.add_argument("--seed", type=int, default=1)
    p.add_argument("--threads", type=int, default=1)
    a = p.parse_args()
    torch.set_num_threads(a.threads)
    torch.manual_seed(a.seed)
    rng = random.Random(a.seed)
    trees, names = data.gold(a.shared)
    pool = trees + names + list(itertools.islice(data.weak_names(a.raw, a.shared, 2), 4000))
    dev = {k: v[:600] for k, v in data.development(a.shared).items()}
    model = Teacher(a.minilm)
    if a.start:
        model.load_state_dict(torch.load(a.start, weights_only=True))
    for q in model.bert.layers[:FROZEN].parameters():
        q.requires_grad_(False)
    slow = [q for n, q in model.named_parameters() if n.startswith("bert.layers.") and q.requires_grad]
    fast = [q for n, q in model.named_parameters() if not n.startswith("bert.")]
    optimizer = torch.optim.AdamW([{"params": slow, "lr": 1.5e-4 * a.rate}, {"params": fast, "lr": 1.5e-3 * a.rate}], weight_decay=0.01, betas=(0.9, 0.98))
    per_epoch = len(batches.by_length(pool, 900, rng, 90))
    total = int(per_epoch * a.epochs)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda t: (1 if a.start else min(1, (t + 1) / (0.08 * total))) * max(0.02, 1 - t / total))
    print(len(pool), "sentences", per_epoch, "steps an epoch", flush=True)
    step, started, running, tokens = 0, time.time(), 0.0, 0
    while step < total:
        for chunk in batches.by_length(pool, 900, rng, 90):
            items = [corrupt.corrupt(pool[i], rng) if rng.random() < 0.6 else corrupt.as_is(pool[i]) for i in chunk]
            batch = batches.labels(items)
            loss = losses(model.heads, model([s for s, _ in items]), batch)
            optimizer.zero_grad(set_to_none=True)
            loss.backward()
            nn.utils.clip_grad_norm_(slow + fast, 2.0)
            optimizer.step()
            schedule.step()
            step += 1
            running += loss.item()
            tokens += int(batch["mask"].sum())
            if step % 50 == 0:
                print(f"{step}/{total} loss {running / 50:.3f} {tokens / (time.time() - started):.0f} tokens/s {time.time() - started:.0f} s", flush=True)
                running = 0.0
            if step % 500 == 0:
                torch.save(model.state_dict(), a.out)
                print(report(model, dev, 300), flush=True)
            if step >= total:
                break
    torch.save(model.state_dict(), a.out)
    print(report(model, dev), flush=True)


if __name__ == "__main__":
    main()
