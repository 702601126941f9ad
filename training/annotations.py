#!/usr/bin/env python3
"""Put the texts back to the stand-off annotations of `annotations/`.

usage: annotations.py REPORTS.jsonl OUT_DIR

An annotation holds no text: it names the line of REPORTS (../shared/data/raw/reports.jsonl, unpacked), how many characters of its text
it covers and their SHA-256. OUT_DIR gets what `contested eval`, `roles.py` and `confidence.py` read: texts, gold files and reports.jsonl.
Texts that are not the annotated ones are left out and told.
"""
import hashlib, json, pathlib, sys


def main():
    reports, out = sys.argv[1], pathlib.Path(sys.argv[2])
    out.mkdir(parents=True, exist_ok=True)
    wanted = {}
    for f in sorted((pathlib.Path(__file__).parent / "annotations").glob("*.json")):
        a = json.loads(f.read_text(encoding="utf-8"))
        wanted[a["line"]] = a
    left, written = len(wanted), []
    with open(reports, encoding="utf-8") as lines:
        for number, line in enumerate(lines):
            a = wanted.get(number)
            if a is None:
                continue
            r = json.loads(line)
            text = r["text"][:a["characters"]]
            if hashlib.sha256(text.encode()).hexdigest() != a["sha256"]:
                print(f"{a['doc']}: line {number} of {reports} is another text; left out", file=sys.stderr)
                continue
            left -= 1
            (out / f"{a['doc']}.txt").write_text(text, encoding="utf-8")
            for c in a["claims"]:
                for key in ("agents", "targets", "places", "source"):
                    c.setdefault(key, [])
                c.setdefault("polarity", "positive")
                c.setdefault("certainty", "certain")
                c.setdefault("optional", False)
            gold = {"doc": a["doc"], "source": a["source"], "published": a["published"], "title": r.get("title") or "",
                    "sentences": [{"start": s, "end": e} for s, e in a["sentences"]], "claims": a["claims"], "disputes": a["disputes"]}
            (out / f"{a['doc']}.gold.json").write_text(json.dumps(gold, ensure_ascii=False), encoding="utf-8")
            written.append({"id": a["doc"], "source": a["source"], "published": a["published"], "title": r.get("title"), "text": text})
    written.sort(key=lambda r: r["id"])
    with open(out / "reports.jsonl", "w", encoding="utf-8") as f:
        f.writelines(json.dumps(r, ensure_ascii=False) + "\n" for r in written)
    print(f"{len(written)} reports in {out}" + (f", {left} not found" if left else ""))


if __name__ == "__main__":
    main()
