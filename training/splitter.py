"""Learns where sentences end: crates/contested-language/data/splitter.bin, a table of 8-bit weights of a linear judge over hashed features.

usage: splitter.py --shared ../shared --tool ../target/release/examples/sentences --out ../crates/contested-language/data/splitter.bin --whole
       splitter.py --shared ../shared --tool … --score [--test]          scores what the tool has built in

The tool is built by: cargo build --release -p contested-language --example sentences
It computes the features, so that there is no twin of them here. Texts are made from the sentences of EWT and GUM-open, as they stand and in
the copies that archives leave: without paragraphs, wrapped at a column, in lower case, degraded, with words and marks apart, without commas.
"""
import argparse
import json
import lzma
import pathlib
import random
import re
import subprocess
import sys

import numpy

ROOMS, TOGETHER = 1 << 16, 4
FEATURES = 35


def documents(shared, name, keep=lambda block: True):
    """Documents as lists of paragraphs, those as lists of (words, text, whether a space follows)."""
    path = shared / "data/treebank" / f"{name}.conllu.xz"
    if not path.exists():
        raise SystemExit(f"{path} is missing: get {name} from the Universal Dependencies repositories and pass --shared")
    out = []
    for block in lzma.open(path, "rt", encoding="utf-8").read().split("\n\n"):
        lines = block.split("\n")
        text = next((l.removeprefix("# text = ").strip() for l in lines if l.startswith("# text = ")), "")
        if not text or not keep(block):
            continue
        if not out or any(l.startswith("# newdoc") for l in lines):
            out.append([[]])
        elif any(l.startswith("# newpar") for l in lines):
            out[-1].append([])
        rows = [l.split("\t") for l in lines if l and l[0] != "#"]
        words = [r[1] for r in rows if r[0].isdigit()]
        out[-1][-1].append((words, text, "SpaceAfter=No" not in rows[-1][9].split("|")))
    return out


def degraded(text):
    """As shared/gold/degrade.py does in text mode."""
    text = re.sub(r"[‘’ʼ`´]", "'", text.lower())
    text = re.sub(r"(?<=\w)'(?=\w)|'", " ", text)
    text = re.sub(r"[“”\"«»]", " ", text)
    text = re.sub(r"([,;:()?!\[\]…—–])", r" \1 ", text)
    text = re.sub(r"\.(\s|$)", r" .\1", text)
    return re.sub(r"[ \t\u00a0]+", " ", text).strip()


COPIES = {
    "cased": lambda words, text: text,
    "lower": lambda words, text: text.lower(),
    "degraded": lambda words, text: degraded(text),
    "tokenised": lambda words, text: " ".join(words),
    "bare": lambda words, text: re.sub(r"[,'’\"“”]", "", text).strip(),
    "open": lambda words, text: text,
}


def written(document, copy="cased", flat=False, width=0, drop=None):
    """(text, spans of its sentences); `drop` leaves out the final stop of some sentences at the ends of paragraphs."""
    text, spans = "", []
    for paragraph in document:
        if text:
            text = text.rstrip(" ") + (" " if flat else "\n\n")
        for words, sentence, space in paragraph:
            sentence = COPIES[copy](words, sentence)
            if sentence:
                spans.append((len(text), len(text) + len(sentence)))
                text += sentence + (" " if space or copy == "tokenised" else "")
    text = text.rstrip(" ")
    return (wrapped(text, width) if width else text), spans


def wrapped(text, width):
    """Every line broken at the last space before the column."""
    out, column, space = list(text), 0, None
    for at, c in enumerate(text):
        column = 0 if c == "\n" else column + 1
        space = at if c == " " else None if c == "\n" else space
        if column > width and space is not None:
            out[space] = "\n"
            column, space = at - space, None
    return "".join(out)


def reports(shared, count):
    """Running news, not lists: reports of several outlets, spread over the file."""
    path = shared / "data/raw/reports.jsonl.xz"
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        texts = [r["text"] for r in map(json.loads, lines) if "\n" not in r["text"] and len(r["text"]) > 500]
    return [texts[k * len(texts) // count] for k in range(count)]


def run(tool, lines, *arguments):
    return subprocess.run([tool, *arguments], input="".join(json.dumps(l) + "\n" for l in lines).encode(), capture_output=True, check=True).stdout


def gaps(tool, texts):
    """(labels, features) of every gap of the texts."""
    lines = [{"text": text} if spans is None else {"text": text, "starts": [a for a, _ in spans]} for text, spans in texts]
    found = run(tool, lines, "--gaps")
    rows = numpy.frombuffer(found, dtype="<u4").reshape(-1, FEATURES + 1)
    return rows[:, 0].astype(numpy.float32), rows[:, 1:]


def squeezed(text):
    """For every character, how many that are no space stand before it."""
    count, out = 0, []
    for c in text:
        out.append(count)
        count += not c.isspace()
    return [*out, count]


def score(tool, texts):
    """Precision, recall and F1 of sentences, white space aside, as the scorer of CoNLL 2018 counts them."""
    right = found = wanted = 0
    for (text, spans), line in zip(texts, run(tool, [{"text": text} for text, _ in texts]).decode().split("\n")):
        place = squeezed(text)
        gold = {(place[a], place[b]) for a, b in spans}
        mine = {(place[a], place[b]) for a, b in json.loads(line)}
        right, found, wanted = right + len(gold & mine), found + len(mine), wanted + len(gold)
    return right / found, right / wanted, 2 * right / (found + wanted)


def sets(shared, part):
    """What is scored: name -> texts."""
    ewt, gum = documents(shared, f"ewt-{part}"), documents(shared, f"gum-open-{part}")
    out = {}
    for name, docs in (("EWT", ewt), ("GUM-open", gum)):
        for copy in ("cased", "lower", "degraded", "bare"):
            out[f"{name}, {copy}"] = [written(d, copy) for d in docs]
        out[f"{name}, one line a document"] = [written(d, flat=True) for d in docs]
        out[f"{name}, wrapped at 80"] = [written(d, width=80) for d in docs]
    if part == "test":
        news = documents(shared, "pud-test", lambda block: "# sent_id = n" in block)
        for copy in ("cased", "lower", "degraded", "bare"):
            out[f"PUD news, no line breaks, {copy}"] = [written([[s for d in news for p in d for s in p]], copy, flat=True)]
        out["PUD"] = [written(d) for d in documents(shared, "pud-test")]
    return out


def learn(labels, features, count, epochs, seed):
    """Logistic regression by Adagrad over features 1 to count - 1 (0 is none); returns the weights, the mean of the later half's steps."""
    random_numbers = numpy.random.default_rng(seed)
    importance = numpy.where(labels > 0, ENDS, 1.0)
    w, total, squares, steps = numpy.zeros(count), numpy.zeros(count), numpy.full(count, 1e-6), 0
    for epoch in range(epochs):
        order = random_numbers.permutation(len(labels))
        loss = 0.0
        for number, at in enumerate(range(0, len(order), BATCH)):
            rows = order[at:at + BATCH]
            x, y, g = features[rows], labels[rows], importance[rows]
            p = 1 / (1 + numpy.exp(-numpy.clip(w[x].sum(1), -30, 30)))
            loss -= float((g * numpy.log(numpy.clip(numpy.where(y > 0, p, 1 - p), 1e-9, 1))).sum())
            touched, inverse = numpy.unique(x, return_inverse=True)
            slope = numpy.bincount(inverse.ravel(), weights=numpy.repeat(g * (p - y), x.shape[1]), minlength=len(touched))
            step = slope + DECAY * w[touched]
            squares[touched] += step * step
            w[touched] -= RATE * step / numpy.sqrt(squares[touched])
            w[0] = 0
            if epoch >= epochs // 2 and number % 64 == 0:
                total += w
                steps += 1
        print(f"epoch {epoch + 1}: loss {loss / len(labels):.5f}", file=sys.stderr, flush=True)
    return total / steps


def housed(hashes, weights):
    """Rooms for the heaviest features: (those that found one, their rooms)."""
    taken, chosen, rooms = numpy.zeros(ROOMS // TOGETHER, dtype=int), [], []
    for k in numpy.argsort(-numpy.abs(weights), kind="stable"):
        group = (hashes[k] >> 16) // TOGETHER
        if weights[k] and taken[group] < TOGETHER:
            chosen.append(k)
            rooms.append(group * TOGETHER + taken[group])
            taken[group] += 1
    return numpy.array(chosen), numpy.array(rooms)


def table(labels, features, epochs, seed):
    """The file's bytes."""
    hashes, x, counts = numpy.unique(features, return_inverse=True, return_counts=True)
    # What is rare teaches nothing that holds elsewhere; every document is in the mixture six times.
    kept = counts >= RARE
    number = numpy.where(kept, numpy.cumsum(kept), 0).astype(numpy.int32)
    x = number[x.reshape(features.shape)]
    hashes = numpy.concatenate([[0], hashes[kept]])
    print(f"{len(labels)} gaps, {int(labels.sum())} ends, {len(hashes) - 1} features", file=sys.stderr, flush=True)
    chosen, rooms = housed(hashes, learn(labels, x, len(hashes), max(epochs - 1, 2), seed))
    # Once more with those alone that have a room.
    number = numpy.zeros(len(hashes), dtype=numpy.int32)
    number[chosen] = numpy.arange(1, len(chosen) + 1)
    weights = learn(labels, number[x], len(chosen) + 1, epochs, seed + 1)[1:]
    scale = 127 / numpy.quantile(numpy.abs(weights), 0.9995)
    tags, bytes_ = numpy.zeros(ROOMS, dtype="<u2"), numpy.zeros(ROOMS, dtype=numpy.int8)
    tags[rooms] = numpy.maximum(hashes[chosen] & 0xffff, 1)
    bytes_[rooms] = numpy.clip(numpy.round(weights * scale), -127, 127)
    print(f"{len(chosen)} features have a room", file=sys.stderr)
    return tags.tobytes() + bytes_.tobytes()


BATCH = 512
RARE = 8
RATE = 0.06
DECAY = 0.02
# What a missed end costs against a false one: the mean of precision and recall is what counts.
ENDS = 1.6


def main():
    p = argparse.ArgumentParser()
    p.add_argument("--shared", type=pathlib.Path, default=pathlib.Path("../shared"))
    p.add_argument("--tool", required=True)
    p.add_argument("--out", type=pathlib.Path)
    p.add_argument("--score", action="store_true")
    p.add_argument("--test", action="store_true")
    p.add_argument("--whole", action="store_true", help="learn from the development files too, as the shipped table did")
    p.add_argument("--news", type=int, default=3000)
    p.add_argument("--epochs", type=int, default=4)
    p.add_argument("--seed", type=int, default=1)
    a = p.parse_args()
    if a.score:
        print("| sentences of | P | R | F1 |\n|---|---|---|---|")
        for name, texts in sets(a.shared, "test" if a.test else "dev").items():
            print("| {} | {:.4f} | {:.4f} | {:.4f} |".format(name, *score(a.tool, texts)))
        return
    chance = random.Random(a.seed)
    texts = []
    for name in [f"{treebank}-{part}" for part in (("train", "dev") if a.whole else ("train",)) for treebank in ("ewt", "gum-open")]:
        for d in documents(a.shared, name):
            texts.append(written(d))
            texts.append(written(d, chance.choice(["lower", "degraded", "tokenised", "bare"])))
            texts.append(written(d, "degraded"))
            texts.append(written(d, chance.choice(["cased", "cased", "bare"]), flat=True))
            texts.append(written(d, chance.choice(["lower", "degraded"]), flat=True))
            texts.append(written(d, width=chance.randint(60, 90)))
    # News as the rules cut them: the treebanks have little of it, and the rules are right on it.
    for text in reports(a.shared, a.news):
        texts.append((text, None))
        texts.append((chance.choice([degraded, str.lower, degraded])(text), None))
    labels, features = gaps(a.tool, texts)
    a.out.write_bytes(table(labels, features, a.epochs, a.seed))


if __name__ == "__main__":
    main()
