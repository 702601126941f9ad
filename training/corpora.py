"""Reading the corpora under --shared into Sentence records. Nothing of them is ever written into the project."""
import dataclasses
import io
import json
import lzma
import pathlib
import re
import tarfile

from labels import NER, NER_INDEX, ner_mask

PTB_FALLBACK = "NN"


@dataclasses.dataclass
class Sentence:
    forms: list
    upos: list | None = None      # strings
    xpos: list | None = None
    heads: list | None = None     # 0 = root, 1-based as in CoNLL-U
    rels: list | None = None
    ner: list | None = None       # bit masks of the labels allowed
    ids: list | None = None       # token lines as read, for writing predictions
    weight: list | None = None    # arc weight per token (silver)
    source: str = ""
    name: str = ""                # sent_id


FACILITIES = set("airport airbase airfield base bridge hospital stadium museum camp prison castle church mosque cathedral temple road highway "
                 "street avenue crossing checkpoint palace dam school plant refinery square bunker barracks embassy".split())


def facility(forms, spans_of) -> None:
    """Places whose last word says that they are facilities, in place: [(start, end)] of LOC spans -> masks."""
    for mask, a, b in spans_of:
        if forms[b - 1].lower() in FACILITIES:
            for i in range(a, b):
                mask[i] = ner_mask([("I-" if i > a else "B-") + "FAC"], exact=True)


def places(s) -> None:
    """Turns the LOC spans of a sentence that end in a facility's word into FAC."""
    begin, inside = ner_mask(["B-LOC"], exact=True), ner_mask(["I-LOC"], exact=True)
    a = None
    spans = []
    for i, m in enumerate([*s.ner, 0]):
        if m == inside and a is not None:
            continue
        if a is not None:
            spans.append((s.ner, a, i))
            a = None
        if m == begin:
            a = i
    facility(s.forms, spans)


def conllu(path: pathlib.Path, source: str) -> list:
    text = lzma.open(path, "rt", encoding="utf-8").read() if path.suffix == ".xz" else path.read_text()
    out = []
    for block in text.split("\n\n"):
        rows = [l.split("\t") for l in block.split("\n") if l and l[0] != "#"]
        rows = [r for r in rows if r[0].isdigit()]
        if not rows:
            continue
        s = Sentence(
            forms=[r[1] for r in rows], upos=[r[3] for r in rows], xpos=[r[4] for r in rows],
            heads=[int(r[6]) if r[6].isdigit() else -1 for r in rows], rels=[r[7] for r in rows], source=source)
        s.ids = [r[9] for r in rows]
        found = re.search(r"# sent_id = (\S+)", block)
        s.name = found.group(1) if found else ""
        out.append(s)
    return out


def treebank(shared: pathlib.Path, name: str) -> list:
    path = shared / "data/treebank" / f"{name}.conllu.xz"
    if not path.exists():
        raise SystemExit(f"{path} is missing: get {name} from the Universal Dependencies repositories and pass --shared")
    return conllu(path, name.split("-")[0])


def gum_names(s: Sentence) -> None:
    """Names from GUM's nested entities: spans that are proper nouns throughout; other proper nouns stay open."""
    types = {"person": ["PER"], "organization": ["ORG"], "place": ["LOC"], "time": ["DATE"], "event": ["EVENT"]}
    stack, spans = [], []
    for i, misc in enumerate(s.ids):
        m = re.search(r"(?:^|\|)Entity=([^|]*)", misc)
        if not m:
            continue
        for part in re.findall(r"\([^()]*\)?|[^()]+\)", m.group(1)):
            if part.startswith("("):
                body = part.strip("()").split("-")
                key, kind = body[0], body[1] if len(body) > 1 else ""
                if part.endswith(")"):
                    spans.append((i, i, kind))
                else:
                    stack.append((key, kind, i))
            else:
                key = part.rstrip(")").split("-")[0]
                for k in range(len(stack) - 1, -1, -1):
                    if stack[k][0] == key:
                        spans.append((stack[k][2], i, stack[k][1]))
                        del stack[k]
                        break
    open_mask = (1 << len(NER)) - 1
    plain = ner_mask(["O", "DATE", "NUM"])
    s.ner = [open_mask if u == "PROPN" or f[:1].isupper() and i else plain for i, (u, f) in enumerate(zip(s.upos, s.forms))]
    for a, b, kind in sorted(spans, key=lambda x: x[0] - x[1]):
        while a <= b and s.upos[a] in ("DET", "ADP", "PUNCT"):
            a += 1
        while b >= a and (s.upos[b] in ("PUNCT",) or s.xpos[b] == "POS"):
            b -= 1
        if a > b or kind not in types or kind in ("time", "event"):
            continue
        inside = range(a, b + 1)
        if all(s.upos[i] == "PROPN" or s.forms[i] in ("of", "the", "-", "and", "for") for i in inside) and s.upos[b] == "PROPN" and s.upos[a] == "PROPN":
            if any(s.ner[i] != open_mask and s.ner[i] != plain for i in inside):
                continue  # keep the outermost
            for i in inside:
                s.ner[i] = ner_mask([("B-" if i == a else "I-") + t for t in types[kind]], exact=True)


def wikigold(shared: pathlib.Path) -> tuple[list, list]:
    """First four fifths and last fifth."""
    kinds = {"LOC": ["LOC"], "ORG": ["ORG"], "PER": ["PER"], "MISC": ["NORP", "EVENT", "MISC", "WEAPON"]}
    with tarfile.open(shared / "data/ner/wikigold.tar.xz") as tar:
        member = next(m for m in tar.getmembers() if m.name.endswith("wikigold.conll.txt"))
        text = tar.extractfile(member).read().decode()
    outside = ner_mask(["O", "DATE", "NUM"])
    sentences = []
    for block in text.split("\n\n"):
        rows = [l.rsplit(" ", 1) for l in block.split("\n") if l.strip()]
        rows = [r for r in rows if r[0] != "-DOCSTART-"]
        if not rows:
            continue
        s = Sentence(forms=[r[0] for r in rows], ner=[], source="wikigold")
        previous = "O"
        for _, tag in rows:
            if tag == "O":
                s.ner.append(outside)
            else:
                start = not (previous != "O" and previous[2:] == tag[2:] and not tag.startswith("B-"))
                s.ner.append(ner_mask([("B-" if start else "I-") + k for k in kinds[tag[2:]]], exact=True))
            previous = tag
        s.ids = [r[1] for r in rows]
        sentences.append(s)
    cut = len(sentences) * 4 // 5
    return sentences[:cut], sentences[cut:]


CROSSNER = {"politician": ["PER"], "person": ["PER"], "politicalparty": ["ORG"], "organisation": ["ORG"],
            "country": ["LOC"], "location": ["LOC"], "election": ["EVENT"], "event": ["EVENT"], "misc": ["NORP", "MISC", "WEAPON"]}


def crossner(shared: pathlib.Path, part: str) -> list:
    with tarfile.open(shared / "data/ner/crossner-politics.tar.xz") as tar:
        member = next(m for m in tar.getmembers() if m.name.endswith(f"/{part}.txt"))
        text = tar.extractfile(member).read().decode()
    outside = ner_mask(["O", "DATE", "NUM", "NORP"])
    out = []
    for block in text.split("\n\n"):
        rows = [l.split("\t") for l in block.split("\n") if "\t" in l]
        if not rows:
            continue
        s = Sentence(forms=[r[0] for r in rows], ner=[], source="crossner")
        for _, tag in rows:
            s.ner.append(outside if tag == "O" else ner_mask([f"{tag[:2]}{k}" for k in CROSSNER[tag[2:]]], exact=True))
        s.ids = [r[1] for r in rows]
        out.append(s)
    return out


def re3d(shared: pathlib.Path) -> list:
    kinds = {"Organisation": ["ORG"], "Location": ["LOC"], "Person": ["PER"], "Nationality": ["NORP"], "Temporal": ["DATE"],
             "Quantity": ["NUM"], "Money": ["NUM"], "Weapon": ["WEAPON"], "MilitaryPlatform": ["WEAPON"], "Vehicle": ["WEAPON"]}
    outside = ner_mask(["O", "NORP", "NUM", "DATE", "MISC", "EVENT", "FAC", "WEAPON"])
    documents, entities = {}, {}
    with tarfile.open(shared / "data/ner/re3d.tar.xz") as tar:
        for m in tar.getmembers():
            if m.name.endswith("documents.json"):
                for l in io.TextIOWrapper(tar.extractfile(m), "utf-8"):
                    if l.strip():
                        d = json.loads(l)
                        documents[d["_id"]] = d["text"]
            elif m.name.endswith("entities.json"):
                for l in io.TextIOWrapper(tar.extractfile(m), "utf-8"):
                    if l.strip():
                        e = json.loads(l)
                        entities.setdefault(e["documentId"], []).append(e)
    out = []
    for key in sorted(documents):
        text = documents[key]
        spans = []
        for e in sorted(entities.get(key, []), key=lambda e: (e["begin"] - e["end"], e["begin"])):
            a, b = e["begin"], e["end"]
            value = text[a:b]
            if value.lower().startswith("the "):
                a += 4
                value = value[4:]
            if e["type"] not in kinds or not value or (e["type"] in ("Organisation", "Location", "Person") and not (value[0].isupper() and any(c.isupper() for c in value.split()[-1]))):
                continue
            if all(b <= x or a >= y for x, y, _ in spans):
                spans.append((a, b, kinds[e["type"]]))
        for tokens in split(text):
            s = Sentence(forms=[t for t, _, _ in tokens], ner=[outside] * len(tokens), source="re3d")
            for a, b, k in spans:
                inside = [i for i, (_, x, y) in enumerate(tokens) if x >= a and y <= b]
                for n, i in enumerate(inside):
                    s.ner[i] = ner_mask([("I-" if n else "B-") + t for t in k], exact=True)
            if len(s.forms) > 2:
                out.append(s)
    return out


PREFIXES = "anti|co|counter|e|ex|extra|inter|mid|mini|multi|non|pan|post|pre|pro|re|semi|sub|super|trans|ultra|un|vice"
TOKEN = re.compile(
    r"https?://\S+|www\.\S+"
    r"|[A-Za-z]\.(?:[A-Za-z]\.)+"
    r"|(?:Mr|Mrs|Ms|Dr|Gen|Col|Lt|Maj|Capt|Sgt|Brig|St|Jr|Sr|Sen|Rep|Gov|Prof|No|vs|etc|Inc|Ltd|Co|Corp|Jan|Feb|Mar|Apr|Aug|Sept|Sep|Oct|Nov|Dec)\.(?=\s)"
    r"|\d+(?:[.,:]\d+)*(?:st|nd|rd|th|s)?(?![^\W\d_])"
    rf"|(?i:(?:{PREFIXES})-[^\W_]+)"
    r"|(?i:can)(?=not\b)|(?<=(?i:can))not\b"
    r"|[^\W_]+(?=n['’]t\b)|n['’]t\b"
    r"|['’](?:s|re|ve|ll|d|m|S)\b"
    r"|[^\W_]+"
    r"|\.{2,}|-{2,}|``|''|[^\s]", re.U)
SENTENCE_END = re.compile(r"(?<=[.!?])[\"”'’)\]]*\s+(?=[\"“'‘(\[]*[A-Z0-9])|\n+")
ABBREVIATION = re.compile(r"(?:\b(?:[A-Z]|Mr|Mrs|Ms|Dr|Gen|Col|Lt|Maj|Capt|Sgt|Brig|St|Sen|Rep|Gov|Prof|No|vs|Jan|Feb|Mar|Apr|Aug|Sept|Sep|Oct|Nov|Dec)|\b[A-Za-z]\.[A-Za-z])\.[\"”'’)\]]*\s*$")


def split(text: str):
    """A plain sentence splitter and tokeniser in EWT's manner for unlabelled text: yields lists of (form, start, end)."""
    pieces, last = [], 0
    for m in SENTENCE_END.finditer(text):
        if "\n" not in m.group() and ABBREVIATION.search(text[last:m.end()]):
            continue
        pieces.append((last, m.end()))
        last = m.end()
    pieces.append((last, len(text)))
    for a, b in pieces:
        tokens = []
        for m in TOKEN.finditer(text, a, b):
            tokens.append((m.group(), m.start(), m.end()))
        if tokens:
            yield tokens


def raw_reports(shared: pathlib.Path):
    with lzma.open(shared / "data/raw/reports.jsonl.xz", "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)
