"""The judge's own matching (`score.py`), for the scripts that learn from it."""
import importlib.util


def load(path):
    """The judge as a module."""
    spec = importlib.util.spec_from_file_location("judge", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def matched(judge, gold, claims):
    """(claim by gold claim, gold claim by claim, names known to the annotators): indices of what the judge pairs."""
    bounds = [(s["start"], s["end"]) for s in gold["sentences"]]
    known = ([x for g in gold["claims"] for k in ("agents", "targets", "source") for x in g.get(k) or []],
             [x for g in gold["claims"] for x in g.get("places") or []])
    pairs = sorted(((sum(judge.attributes(g, p, known).values()), -i, -j) for i, g in enumerate(gold["claims"])
                    for j, p in enumerate(claims) if judge.can_match(g, p, bounds)), reverse=True)
    by_gold, by_claim = {}, {}
    for _, i, j in pairs:
        if -i not in by_gold and -j not in by_claim:
            by_gold[-i], by_claim[-j] = -j, -i
    return by_gold, by_claim, known
