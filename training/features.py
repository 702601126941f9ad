"""Word features shared by training and by the Rust inference (crates/contested-language/src/model/features.rs).

Every function here has a twin in Rust; the parity fixture holds the two together. The encoder sees a word as
  * a vocabulary row, looked up by the canonical form (lower case, no apostrophes, digits as 0),
  * hashed prefixes and suffixes of the canonical form,
  * a shape class of the form as written, joined with a class of the whole sentence's case.
"""
import unicodedata

APOSTROPHES = "'’‘ʼ`´"
QUOTES = set("\"“”„«»") | set(APOSTROPHES) | {"``", "''", "_q_", "''", "‘‘", "’’"}
QUOTE_FORM = "_q_"
AFFIX_BUCKETS = 16384
SHAPES = 40
CASE_CLASSES = 3
FNV_OFFSET = 0xCBF29CE484222325
FNV_PRIME = 0x100000001B3
MASK = (1 << 64) - 1


def fold(form: str) -> str:
    """Lower case without diacritics."""
    if form.isascii():
        return form.lower()
    decomposed = unicodedata.normalize("NFKD", form)
    return "".join(c for c in decomposed if not unicodedata.combining(c)).lower()


def canon(form: str) -> str:
    """The canonical form: what a word has in common with its degraded copies."""
    if form in QUOTES:
        return QUOTE_FORM
    out = []
    for c in fold(form):
        if c in APOSTROPHES:
            continue
        out.append("0" if c.isascii() and c.isdigit() else c)
    return "".join(out) or QUOTE_FORM


def fnv(data: bytes, seed: int) -> int:
    h = (FNV_OFFSET ^ (seed * 0x9E3779B97F4A7C15)) & MASK
    for b in data:
        h = ((h ^ b) * FNV_PRIME) & MASK
    h ^= h >> 32
    return h


def affixes(canonical: str) -> list[int]:
    """Seven buckets: prefixes of 2, 3, 4 characters, suffixes of 2, 3, 4, and the whole word."""
    parts = [canonical[:2], canonical[:3], canonical[:4], canonical[-2:], canonical[-3:], canonical[-4:], canonical]
    return [fnv(p.encode(), i + 1) % AFFIX_BUCKETS for i, p in enumerate(parts)]


def shape(form: str) -> int:
    """0..40: case (5) x digits (none, some, all: 3) x has hyphen or dot (2), and 30.. for words without letters or digits."""
    upper = lower = digits = others = 0
    first_upper = False
    seen = False
    joined = False
    for c in form:
        if c.isupper():
            upper += 1
            if not seen:
                first_upper = True
            seen = True
        elif c.islower():
            lower += 1
            seen = True
        elif c.isascii() and c.isdigit():
            digits += 1
            seen = True
        else:
            others += 1
            if c in "-.":
                joined = True
    if upper + lower + digits == 0:
        if form in QUOTES:
            return 30
        return {",": 31, ".": 32, "-": 33, ":": 34, ";": 34, "(": 35, ")": 36, "?": 37, "!": 37}.get(form, 38)
    if upper == 0:
        case = 0 if lower == 0 else 1
    elif lower == 0:
        case = 2 if upper > 1 else 3
    else:
        case = 3 if first_upper and upper == 1 else 4
    digit = 0 if digits == 0 else (2 if upper + lower == 0 else 1)
    return (case * 3 + digit) * 2 + int(joined)


def case_class(forms) -> int:
    """0: nothing in the sentence is upper case; 1: mixed as in running text; 2: nearly every long word starts upper case (headline)."""
    words = capital = 0
    any_upper = False
    for f in forms:
        any_upper = any_upper or any(c.isupper() for c in f)
        if len(f) >= 4:
            for c in f:
                words += 1
                capital += c.isupper()
                break
    if not any_upper:
        return 0
    return 2 if words >= 3 and capital * 10 >= words * 8 else 1


def shape_rows(forms) -> list[int]:
    base = case_class(forms) * SHAPES
    return [base + shape(f) for f in forms]
