"""Quantises a trained student into the file that the Rust inference carries, and writes the parity fixture.

usage: export.py --student build/student.pt --out ../crates/contested-language/data/model.bin --fixture ../crates/contested-language/data/parity.json
"""
import argparse
import json
import pathlib
import struct

import numpy as np
import torch

import corrupt
import features
from corpora import Sentence
from labels import DEPREL, NER, POSS, UPOS, XPOS
from student import INPUT, Student, Words
from teacher import predict
from train_student import Wrapped

STATE = 4095.0
WEIGHT = 1023.0
FIXTURE = [
    "The rebels seized the town of Hamra from government forces on Tuesday , the monitor said .",
    "syria s army and its allies pushed into the last is stronghold , a commander told reporters",
    "\" We deny it , \" Colonel Amir Haddad told the Al - Noor channel in Port Salim .",
    "AT LEAST 12 SOLDIERS KILLED IN AMBUSH",
    "Residents Flee As Shelling Hits Market In Eastern District",
    "the u.s. - backed alliance , known as the northern front , has not said when it will withdraw",
    "It was not true that the bridge had been blown up .",
    "Three Mi-8 helicopters were shot down near al - Qasr in March 2015 , état - major officials said .",
    "governors office burned",
    "Yes .",
]


def padded(data: bytes) -> bytes:
    return data + bytes(-len(data) % 64)


class Writer:
    def __init__(self):
        self.parts = []

    def add(self, array, kind):
        self.parts.append(padded(np.ascontiguousarray(array, dtype=kind).tobytes()))

    def matrix(self, weight, bias, activation_scale):
        """weight [outputs, inputs] as packed 11-bit integers with a scale for each output."""
        weight = np.asarray(weight, dtype=np.float64)
        outputs, inputs = weight.shape
        fill = -outputs % 16
        weight = np.concatenate([weight, np.zeros((fill, inputs))])
        scale = np.maximum(np.abs(weight).max(1), 1e-8) / WEIGHT
        whole = np.rint(weight / scale[:, None]).astype(np.int16)
        packed = whole.reshape(-1, 8, inputs // 2, 2).transpose(0, 2, 1, 3)
        self.add(packed, "<i2")
        self.add(scale / activation_scale, "<f4")
        if bias is not None:
            self.add(np.concatenate([np.asarray(bias, dtype=np.float64), np.zeros(fill)]), "<f4")

    def table(self, rows, limit=127):
        rows = np.asarray(rows, dtype=np.float64)
        # The scale of a dimension covers all but its farthest few values.
        scale = np.maximum(np.quantile(np.abs(rows), 0.9999, axis=0), 1e-6) / limit
        self.add(np.clip(np.rint(rows / scale), -limit, limit), "<i1")
        self.add(scale, "<f4")


@torch.no_grad()
def ranges(model, words):
    """Largest activations of the parser's inner layers on the fixture, with room to spare."""
    h = model.encode(*words.batch([Sentence(forms=s.split()) for s in FIXTURE]))
    import torch.nn.functional as F
    hd = model.heads
    dep = F.leaky_relu(hd.arc_dep(h), 0.1)
    head = torch.cat([F.leaky_relu(hd.arc_head(h), 0.1).reshape(-1, dep.shape[-1]), hd.arc_root[None]])
    between = hd.arc_u(dep)
    rel = hd.rel_dep(h).abs().max() + hd.rel_head(h).abs().max()
    return [STATE / (1.6 * float(x)) for x in (dep.abs().max(), between.abs().max(), head.abs().max(), rel)]


def main():
    p = argparse.ArgumentParser()
    p.add_argument("--student", type=pathlib.Path, required=True)
    p.add_argument("--out", type=pathlib.Path, required=True)
    p.add_argument("--fixture", type=pathlib.Path)
    a = p.parse_args()
    torch.set_num_threads(1)
    saved = torch.load(a.student, weights_only=False)
    w = saved["model"]
    model = Student(w["glove"].numpy(), saved["trained"], saved["hidden"])
    model.load_state_dict(w)
    model.eval()
    words = Words(saved["words"])
    g = lambda name: w[name].double().numpy()
    hidden = saved["hidden"]
    arc, rel = w["heads.arc_dep.weight"].shape[0], w["heads.rel_dep.weight"].shape[0]
    input_scale = 512.0
    dep_scale, between_scale, head_scale, rel_scale = ranges(model, words)

    out = Writer()
    slots = 1 << max(4, (len(saved["words"]) * 2 - 1).bit_length())
    keys, rows = np.zeros(slots, dtype=np.uint32), np.zeros(slots, dtype=np.uint16)
    for i, word in enumerate(saved["words"]):
        h = features.fnv(word.encode(), 0)
        key, slot = (h >> 32) | 1, h & (slots - 1)
        while keys[slot]:
            if keys[slot] == key:
                break
            slot = (slot + 1) & (slots - 1)
        if not keys[slot]:
            keys[slot], rows[slot] = key, i + 1
    out.add(keys, "<u4")
    out.add(rows, "<u2")
    out.table(g("glove"))
    out.table(g("trained.weight"))
    out.table(g("affix.weight"), limit=127)
    out.add(g("shape.weight"), "<f4")
    for layer, scale in enumerate((input_scale, STATE)):
        for side in ("forward_cells", "backward_cells"):
            c = f"{side}.{layer}."
            out.matrix(g(c + "weight_ih_l0"), g(c + "bias_ih_l0") + g(c + "bias_hh_l0"), scale)
            out.matrix(g(c + "weight_hh_l0"), None, STATE)
    tags = [g(f"heads.{n}.weight") for n in ("upos", "xpos", "ner", "poss")]
    tag_bias = [g(f"heads.{n}.bias") for n in ("upos", "xpos", "ner", "poss")]
    fill = -sum(len(b) for b in tag_bias) % 16
    parts = ("arc_dep", "arc_head", "rel_dep", "rel_head")
    out.matrix(np.concatenate(tags + [np.zeros((fill, 2 * hidden))] + [g(f"heads.{n}.weight") for n in parts]),
               np.concatenate(tag_bias + [np.zeros(fill)] + [g(f"heads.{n}.bias") for n in parts]), STATE)
    out.matrix(g("heads.arc_u.weight"), g("heads.arc_u.bias"), dep_scale)
    out.add(np.clip(np.rint(g("heads.arc_root") * head_scale), -4095, 4095), "<i2")
    out.add(g("heads.rel_root"), "<f4")
    out.matrix(g("heads.rel_out.weight"), g("heads.rel_out.bias"), rel_scale)

    from blake3 import blake3
    body = b"".join(out.parts)
    numbers = struct.pack("<7I", hidden, w["glove"].shape[0], saved["trained"], features.AFFIX_BUCKETS, slots, arc, rel)
    scales = struct.pack("<5f", input_scale, dep_scale, between_scale, head_scale, rel_scale)
    name = "b3:" + blake3(numbers + scales + body).hexdigest()[:16]
    header = (b"CTMODEL1" + name.encode()).ljust(32, b"\0") + numbers.ljust(32, b"\0") + scales.ljust(64, b"\0")
    assert len(header) == 128
    a.out.write_bytes(header + body)
    print(name, len(header + body), "bytes")
    if a.fixture:
        sentences = [Sentence(forms=s.split()) for s in FIXTURE]
        with torch.no_grad():
            h = model.encode(*words.batch(sentences))
        predictions = predict(Wrapped(model, words), sentences)
        rows = [{"tokens": s.forms, "upos": q["upos"], "xpos": q["xpos"], "heads": q["heads"], "deprels": q["rels"], "names": q["ner"],
                 "first_state": [round(x, 4) for x in h[k, 0, :12].tolist()], "last_state": [round(x, 4) for x in h[k, len(s.forms) - 1, -12:].tolist()]}
                for k, (s, q) in enumerate(zip(sentences, predictions))]
        a.fixture.write_text("[\n" + ",\n".join(json.dumps(r, ensure_ascii=False) for r in rows) + "\n]\n")


if __name__ == "__main__":
    main()
