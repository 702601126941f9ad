#!/usr/bin/env python3
"""Many analysts at one ledger: people who read and review while a feed adds. Open loop: a request counts from when it was due, so that a server that stalls
pays for all that waited. At the end the ledger is asked whether every decision that was taken is there.

usage: bench/team-load.py LEDGER [--people 50] [--rate 50] [--seconds 30] [--p99 50] [--binary target/release/contested]
LEDGER is one that `cargo xtask ledger-load --claims 100000` made (a copy of it is written to), or the address of a database (which is written to itself).
Four requests of five read; every fifth corrects one of a few claims that all of them look at, naming the version that was read. Ends with code 1 where a
correction was lost, an answer was none, or the slowest hundredth took longer than --p99 MS.
"""

import argparse
import collections
import http.client
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import threading
import time

READS = ["/claims?limit=50", "/claims?type=seize&limit=50", "/claims?place=synth%3A3&limit=50", "/claims?q=w1&limit=50", "/control?limit=50", "/disputes?limit=50"]
CERTAINTIES = ["certain", "probable", "possible"]


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    ask.add_argument("ledger")
    for name, default in (("people", 50), ("rate", 50), ("seconds", 30), ("p99", 50)):
        ask.add_argument(f"--{name}", type=int, default=default)
    ask.add_argument("--binary", default="target/release/contested")
    ask = ask.parse_args()
    with tempfile.TemporaryDirectory() as work:
        store = ask.ledger
        if "://" not in store:
            store = shutil.copy(ask.ledger, f"{work}/team.db")
        server = subprocess.Popen([ask.binary, "serve", "--store", store, "--bind", "127.0.0.1:0"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        try:
            ended = Team(ask, store, server.stdout.readline().strip().removeprefix("http://").rstrip("/"), work).run()
        finally:
            server.terminate()
            server.wait()
    sys.exit(ended)


class Team:
    def __init__(self, ask, store: str, address: str, work: str) -> None:
        self.ask, self.store, self.address, self.work = ask, store, address, work
        self.times: dict[str, list[float]] = collections.defaultdict(list)
        self.failed: list[str] = []
        #: Decisions that were taken: claim, version that was read, number of the decision.
        self.taken: list[tuple[str, int, int]] = []
        self.conflicts = self.shown = self.added = 0
        self.lock, self.ends = threading.Lock(), threading.Event()

    def run(self) -> int:
        # The first assessment takes as long as it takes.
        for path in READS:
            self.send(http.client.HTTPConnection(self.address, timeout=600), "GET", path)
        claims = self.send(None, "GET", "/claims?limit=200")[1]["items"]
        self.hot = [claim["key"] for claim in random.Random(3).sample(claims, min(20, len(claims)))]
        feed = threading.Thread(target=self.feed)
        feed.start()
        self.start = time.monotonic() + 0.5
        people = [threading.Thread(target=self.person, args=(number,)) for number in range(self.ask.people)]
        for one in people:
            one.start()
        for one in people:
            one.join()
        self.ends.set()
        feed.join()
        return self.told()

    def send(self, kept, method: str, path: str, body: dict | None = None):
        connection = kept or http.client.HTTPConnection(self.address, timeout=30)
        headers = {"Content-Type": "application/json"} if body else {}
        connection.request(method, f"/api/v1{path}", json.dumps(body) if body else None, headers)
        answer = connection.getresponse()
        return answer.status, json.loads(answer.read())

    def timed(self, kept, due: float, what: str, method: str, path: str, body=None):
        status, answer = self.send(kept, method, path, body)
        with self.lock:
            self.times[what].append((time.monotonic() - due) * 1e3)
            if status != 200 and not (method == "POST" and status == 409):
                self.failed.append(f"{path}: {status} {answer}")
        return status, answer

    def person(self, number: int) -> None:
        dice, kept = random.Random(number), http.client.HTTPConnection(self.address, timeout=30)
        seen: tuple[str, int] | None = None
        for turn in range(number, self.ask.rate * self.ask.seconds, self.ask.people):
            due = self.start + turn / self.ask.rate
            time.sleep(max(0.0, due - time.monotonic()))
            # What everybody does by turns: look at a claim, read other things, and decide on what was seen some seconds ago.
            step = turn // self.ask.people % 5
            try:
                if step == 0:
                    key = dice.choice(self.hot)
                    status, claim = self.timed(kept, due, "claim", "GET", f"/claims/{key}")
                    seen = (key, claim["version"]) if status == 200 else None
                elif step == 4 and seen:
                    self.decide(kept, due, dice, number, *seen)
                else:
                    path = dice.choice(READS)
                    self.timed(kept, due, path.split("?")[0][1:], "GET", path)
            except (OSError, http.client.HTTPException) as error:
                kept = http.client.HTTPConnection(self.address, timeout=30)
                with self.lock:
                    self.failed.append(f"{step}: {error!r}")

    def decide(self, kept, due: float, dice: random.Random, number: int, key: str, version: int) -> None:
        body = {"act": "correct", "claim": key, "field": "certainty", "value": dice.choice(CERTAINTIES), "version": version}
        body |= {"by": f"Analyst {number}", "why": f"read again at {due:.3f}"}
        status, answer = self.timed(kept, due, "review", "POST", "/review", body)
        if status == 200 and answer["decision"] is not None:
            with self.lock:
                self.taken.append((key, version, answer["decision"]))
        if status == 409:
            now = self.send(None, "GET", f"/claims/{key}")[1]
            with self.lock:
                self.conflicts += 1
                self.shown += now["version"] > version

    def feed(self) -> None:
        path = f"{self.work}/add.jsonl"
        while not self.ends.wait(0.5):
            self.added += 1
            text = f"Rebels captured the town of Rawa on Monday, commander number {self.added} said. The army denied it."
            with open(path, "w", encoding="utf-8") as file:
                file.write(json.dumps({"id": f"team-{os.getpid()}-{self.added}", "source": "Wire", "published": "2024-12-30", "text": text}) + "\n")
            subprocess.run([self.ask.binary, "add", path, "--store", self.store], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def told(self) -> int:
        listed = subprocess.run([self.ask.binary, "review", "log", "--json", "--store", self.store], capture_output=True, text=True, check=True).stdout
        kept = {json.loads(line)["number"] for line in listed.splitlines()}
        lost = [one for one in self.taken if one[2] not in kept]
        # Two that were taken on one version of a claim: the later would have overwritten what its author never saw.
        twice = [key for key, count in collections.Counter((key, version) for key, version, _ in self.taken).items() if count > 1]
        print(f"{'asked':>7} {'p50 ms':>8} {'p90 ms':>8} {'p99 ms':>8} {'max ms':>8}  what")
        everything = sorted(took for times in self.times.values() for took in times)
        for what, times in [*sorted(self.times.items()), ("all", everything)]:
            times = sorted(times)
            at = [times[round((len(times) - 1) * share)] for share in (0.5, 0.9, 0.99, 1)]
            print(f"{len(times):>7} " + " ".join(f"{took:>8.1f}" for took in at) + f"  {what}")
        print(
            f"{len(self.taken)} corrections taken, {self.conflicts} refused as conflicts, the newer version shown for {self.shown}; {len(lost)} lost, "
            f"{len(twice)} taken twice on one version; {self.added} batches added; {len(self.failed)} requests failed"
        )
        for fault in self.failed[:5]:
            print(fault, file=sys.stderr)
        slow = everything[round((len(everything) - 1) * 0.99)] > self.ask.p99
        return int(bool(lost or twice or self.failed or slow or self.shown < self.conflicts))


if __name__ == "__main__":
    main()
