"""Lets the teacher label unlabelled reports.

usage: silver.py --minilm FOLDER --teacher build/teacher.pt --raw build/raw.jsonl --out build/silver.jsonl [--sentences 30000] [--seed 5]

Each line: forms, tags, heads, relations, name labels ("" where the teacher is unsure) and a weight for each arc (its probability).
"""
import argparse
import json
import pathlib
import random

import torch

import data
from corpora import Sentence
from teacher import Teacher, predict


def main():
    p = argparse.ArgumentParser()
    p.add_argument("--minilm", type=pathlib.Path, required=True)
    p.add_argument("--teacher", type=pathlib.Path, required=True)
    p.add_argument("--raw", type=pathlib.Path, required=True)
    p.add_argument("--out", type=pathlib.Path, required=True)
    p.add_argument("--sentences", type=int, default=30000)
    p.add_argument("--seed", type=int, default=5)
    p.add_argument("--threads", type=int, default=1)
    a = p.parse_args()
    torch.set_num_threads(a.threads)
    rng = random.Random(a.seed)
    # Cased copy only, and with a verb's worth of words: the corrupted copies are made of it in training.
    rows = [r["f"] for r in data.raw_sentences(a.raw) if "n" in r and 6 <= len(r["f"]) <= 45]
    rng.shuffle(rows)
    rows = rows[: a.sentences]
    model = Teacher(a.minilm)
    model.load_state_dict(torch.load(a.teacher, weights_only=True))
    with open(a.out, "w", encoding="utf-8") as out:
        for at in range(0, len(rows), 1000):
            sentences = [Sentence(forms=f) for f in rows[at: at + 1000]]
            for s, q in zip(sentences, predict(model, sentences, 1200, confidences=True)):
                out.write(json.dumps({
                    "f": s.forms, "u": q["upos"], "x": q["xpos"], "h": q["heads"], "r": q["rels"],
                    "n": [n if c > 0.6 else "" for n, c in zip(q["ner"], q["sure"])],
                    "w": [round(c, 3) for c in q["confidence"]]}, ensure_ascii=False) + "\n")
            out.flush()
            print(at + len(sentences), flush=True)


if __name__ == "__main__":
    main()
