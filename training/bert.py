"""MiniLM-L6 (uncased, 6 layers, 384 wide) in a few lines, loaded from the weights that a package ships."""
import json
import pathlib

import torch
import torch.nn.functional as F
from safetensors.torch import load_file
from tokenizers import Tokenizer
from torch import nn


class Layer(nn.Module):
    def __init__(self, d, heads, ff):
        super().__init__()
        self.heads = heads
        self.qkv = nn.Linear(d, 3 * d)
        self.out = nn.Linear(d, d)
        self.norm1 = nn.LayerNorm(d, eps=1e-12)
        self.up = nn.Linear(d, ff)
        self.down = nn.Linear(ff, d)
        self.norm2 = nn.LayerNorm(d, eps=1e-12)

    def forward(self, x, bias):
        b, n, d = x.shape
        q, k, v = self.qkv(x).view(b, n, 3, self.heads, d // self.heads).permute(2, 0, 3, 1, 4)
        a = F.scaled_dot_product_attention(q, k, v, attn_mask=bias)
        x = self.norm1(x + self.out(a.transpose(1, 2).reshape(b, n, d)))
        return self.norm2(x + self.down(F.gelu(self.up(x))))


class MiniLM(nn.Module):
    def __init__(self, folder: pathlib.Path):
        super().__init__()
        c = json.loads((folder / "config.json").read_text())
        d = c["hidden_size"]
        self.width = d
        self.words = nn.Embedding(c["vocab_size"], d)
        self.places = nn.Embedding(c["max_position_embeddings"], d)
        self.norm = nn.LayerNorm(d, eps=1e-12)
        self.layers = nn.ModuleList(Layer(d, c["num_attention_heads"], c["intermediate_size"]) for _ in range(c["num_hidden_layers"]))
        self.tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self.tokenizer.no_padding()
        self.tokenizer.no_truncation()
        w = load_file(str(folder / "model.safetensors"))
        w = {k.removeprefix("bert."): v for k, v in w.items()}
        s = {"words.weight": w["embeddings.word_embeddings.weight"],
             "places.weight": w["embeddings.position_embeddings.weight"],
             "norm.weight": w["embeddings.LayerNorm.weight"], "norm.bias": w["embeddings.LayerNorm.bias"]}
        s["places.weight"] = s["places.weight"] + w["embeddings.token_type_embeddings.weight"][0]
        for i in range(len(self.layers)):
            p = f"encoder.layer.{i}."
            for part in ("weight", "bias"):
                s[f"layers.{i}.qkv.{part}"] = torch.cat([w[f"{p}attention.self.{n}.{part}"] for n in ("query", "key", "value")])
                s[f"layers.{i}.out.{part}"] = w[f"{p}attention.output.dense.{part}"]
                s[f"layers.{i}.norm1.{part}"] = w[f"{p}attention.output.LayerNorm.{part}"]
                s[f"layers.{i}.up.{part}"] = w[f"{p}intermediate.dense.{part}"]
                s[f"layers.{i}.down.{part}"] = w[f"{p}output.dense.{part}"]
                s[f"layers.{i}.norm2.{part}"] = w[f"{p}output.LayerNorm.{part}"]
        self.load_state_dict(s)
        self.words.weight.requires_grad_(False)
        self.cache = {}

    def pieces(self, form):
        ids = self.cache.get(form)
        if ids is None:
            ids = self.tokenizer.encode(form, add_special_tokens=False).ids[:6] or [100]
            self.cache[form] = ids
        return ids

    def encode(self, sentences):
        """Ids, key mask, and for each word the positions of its first and last piece."""
        rows = [[self.pieces('"' if f == "_q_" else f) for f in s.forms] for s in sentences]
        n = max(sum(map(len, r)) for r in rows) + 2
        m = max(map(len, rows))
        ids = torch.zeros(len(rows), n, dtype=torch.long)
        keys = torch.zeros(len(rows), n, dtype=torch.bool)
        first = torch.zeros(len(rows), m, dtype=torch.long)
        last = torch.zeros(len(rows), m, dtype=torch.long)
        for k, r in enumerate(rows):
            line = [101]
            for j, p in enumerate(r):
                first[k, j] = len(line)
                line += p
                last[k, j] = len(line) - 1
            line.append(102)
            ids[k, :len(line)] = torch.tensor(line)
            keys[k, :len(line)] = True
        return ids, keys, first, last

    def forward(self, ids, keys):
        x = self.norm(self.words(ids) + self.places.weight[: ids.shape[1]])
        bias = torch.zeros(keys.shape, dtype=x.dtype).masked_fill(~keys, -1e4)[:, None, None, :]
        states = []
        for layer in self.layers:
            x = layer(x, bias)
            states.append(x)
        return states
