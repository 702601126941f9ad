"""The shipped encoder read back from model.bin: frozen, for the heads that are trained on top of it."""
import struct

import numpy as np
import torch

import features
from student import GLOVE_DIM, INPUT, SHAPE_DIM, TRAINED_DIM, Student, Words


class HashedWords(Words):
    """Looks rows up in the file's hash table, as the Rust inference does."""

    def __init__(self, keys, rows):
        self.keys, self.table, self.cache = keys, rows, {}

    def row(self, canonical):
        h = features.fnv(canonical.encode(), 0)
        key, slot = (h >> 32) | 1, h & (len(self.keys) - 1)
        while self.keys[slot]:
            if self.keys[slot] == key:
                return int(self.table[slot])
            slot = (slot + 1) & (len(self.keys) - 1)
        return 0

    def __call__(self, form):
        hit = self.cache.get(form)
        if hit is None:
            c = features.canon(form)
            hit = (self.row(c), features.affixes(c), features.shape(form))
            self.cache[form] = hit
        return hit


class Sections:
    def __init__(self, data):
        self.data, self.at = data, 128

    def take(self, count, kind):
        out = np.frombuffer(self.data, dtype=kind, count=count, offset=self.at)
        self.at += -(-out.nbytes // 64) * 64
        return out

    def matrix(self, inputs, outputs, activation_scale, bias):
        packed = self.take(inputs * outputs, "<i2").reshape(-1, inputs // 2, 8, 2).transpose(0, 2, 1, 3).reshape(outputs, inputs)
        scale = self.take(outputs, "<f4")
        weight = packed.astype(np.float32) * (scale * activation_scale)[:, None]
        return torch.tensor(weight), torch.tensor(self.take(outputs, "<f4").copy()) if bias else None


def load(path):
    """(student with its encoder set and in evaluation mode, words, id)."""
    data = path.read_bytes()
    assert data[:8] == b"CTMODEL1"
    name = data[8:27].decode()
    hidden, words, trained, buckets, slots, _, _ = struct.unpack("<7I", data[32:60])
    input_scale = struct.unpack("<f", data[64:68])[0]
    s = Sections(data)
    keys, rows = s.take(slots, "<u4"), s.take(slots, "<u2")
    table = lambda count, width: torch.tensor(s.take(count * width, "<i1").reshape(count, width).astype(np.float32) * s.take(width, "<f4"))
    glove = table(words, GLOVE_DIM)
    model = Student(glove, trained, hidden)
    with torch.no_grad():
        model.trained.weight.copy_(table(trained, TRAINED_DIM))
        model.affix.weight.copy_(table(buckets, TRAINED_DIM))
        model.shape.weight.copy_(torch.tensor(s.take(features.SHAPES * features.CASE_CLASSES * SHAPE_DIM, "<f4").reshape(-1, SHAPE_DIM).copy()))
        for layer, scale in enumerate((input_scale, 4095.0)):
            inputs = INPUT if layer == 0 else 2 * hidden
            for side in (model.forward_cells, model.backward_cells):
                cell = side[layer]
                weight, bias = s.matrix(inputs, 4 * hidden, scale, True)
                cell.weight_ih_l0.copy_(weight)
                cell.bias_ih_l0.copy_(bias)
                cell.bias_hh_l0.zero_()
                cell.weight_hh_l0.copy_(s.matrix(hidden, 4 * hidden, 4095.0, False)[0])
        linear, bias = s.matrix(2 * hidden, 352, 4095.0, True) if False else (None, None)
    model.eval()
    for q in model.parameters():
        q.requires_grad_(False)
    return model, HashedWords(keys, rows), name
