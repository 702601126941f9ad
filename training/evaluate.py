"""Scores the Rust inference on the test files (or, with --dev, on the development files), cased and degraded, and prints a Markdown table.

usage: evaluate.py --shared ../shared --annotate ../target/release/examples/annotate_tokens [--dev]

The tool is built by: cargo build --release -p contested-language --example annotate_tokens
Test files are for kept trials only, once each; RESULTS.md has every run.
"""
import argparse
import pathlib
import subprocess

import corrupt
import data
import scoring

KINDS = {"person": "PER", "organisation": "ORG", "armed-group": "ORG", "place": "LOC", "facility": "LOC"}


def annotate(tool, sentences):
    text = "".join("".join(f"{i + 1}\t{f.replace(' ', '')}" + "\t_" * 8 + "\n" for i, f in enumerate(s.forms)) + "\n" for s in sentences)
    done = subprocess.run([tool], input=text, capture_output=True, text=True, check=True)
    out = []
    for block in done.stdout.split("\n\n"):
        rows = [l.split("\t") for l in block.split("\n") if l]
        if not rows:
            continue
        names = []
        for r in rows:
            mark, _, kind = r[9].removeprefix("Name=").partition("-")
            names.append(f"{mark}-{KINDS[kind]}" if kind in KINDS else "O")
        out.append({"upos": [r[3] for r in rows], "xpos": [r[4] for r in rows], "heads": [int(r[6]) for r in rows], "rels": [r[7] for r in rows], "ner": names})
    return out, done.stderr.strip()


def main():
    p = argparse.ArgumentParser()
    p.add_argument("--shared", type=pathlib.Path, default=pathlib.Path("../shared"))
    p.add_argument("--annotate", type=pathlib.Path, required=True)
    p.add_argument("--dev", action="store_true")
    a = p.parse_args()
    sets = data.development(a.shared) if a.dev else data.test(a.shared)
    print("| set | copy | words | UAS | LAS | UPOS | XPOS |\n|---|---|---|---|---|---|---|")
    names, speed = [], []
    for name, sentences in sets.items():
        for kind in ("cased", "degraded"):
            view = sentences if kind == "cased" else [corrupt.degraded(s)[0] for s in sentences]
            predictions, said = annotate(a.annotate, view)
            speed.append(said)
            if sentences[0].upos:
                x = scoring.parse_scores(sentences, predictions)
                print(f"| {name} | {kind} | {x['words']} | {x['UAS']:.4f} | {x['LAS']:.4f} | {x['UPOS']:.4f} | {x['XPOS']:.4f} |")
            else:
                x = scoring.name_scores(sentences, predictions)
                names.append(f"| {name} | {kind} | {x['P']:.4f} | {x['R']:.4f} | {x['F1']:.4f} |")
    print("\n| names | copy | P | R | F1 |\n|---|---|---|---|---|")
    print("\n".join(names))
    print("\n" + speed[0])


if __name__ == "__main__":
    main()
