"""The mean of several students' weights: a little better than any of them where they were trained from the same start.

usage: average.py OUT.pt IN.pt IN.pt …   then export.py --student OUT.pt
"""
import sys

import torch


def main():
    out, *files = sys.argv[1:]
    saved = [torch.load(f, weights_only=False) for f in files]
    mean = {k: sum(s["model"][k].float() for s in saved) / len(saved) for k in saved[0]["model"]}
    torch.save(dict(saved[-1], model=mean), out)


if __name__ == "__main__":
    main()
