#!/usr/bin/env bash
# Kills `contested add` at random moments and compares what is left with an undisturbed run: no claim lost, none twice, the file sound.
# Usage: bench/kill.sh [RUNS] [BINARY]      default: 200 runs of target/release/contested. SEED=N draws other moments.
set -euo pipefail
cd "$(dirname "$0")/.."
runs=${1:-200}
binary=$(realpath "${2:-target/release/contested}")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
RANDOM=${SEED:-1}

# 5 copies of the demonstration's reports under other ids: copies do not count, but they are kept, and `--all` shows them.
for n in 1 2 3 4 5; do
  sed "s/\"id\": *\"/&$n-/" crates/contested/demo/eastern-syria.jsonl
done > "$work/reports.jsonl"

"$binary" add "$work/reports.jsonl" --store "$work/whole.db" > /dev/null
"$binary" claims --all --json --store "$work/whole.db" | sort > "$work/whole.jsonl"
begin=$(date +%s%N)
"$binary" add "$work/reports.jsonl" --store "$work/timed.db" > /dev/null
whole=$((($(date +%s%N) - begin) / 1000))

killed=0 finished=0 last=0 ledgers=1
store=$work/k1.db
for ((run = 1; run <= runs; run++)); do
  "$binary" add "$work/reports.jsonl" --store "$store" > /dev/null 2> "$work/err" &
  pid=$!
  sleep "$(awk -v us=$((RANDOM * 32768 + RANDOM)) -v whole="$whole" 'BEGIN { printf "%.6f", us % whole / 1e6 }')"
  if kill -9 "$pid" 2> /dev/null; then killed=$((killed + 1)); fi
  wait "$pid" 2> /dev/null || true
  if "$binary" claims --all --json --store "$store" 2> "$work/err" | sort > "$work/now.jsonl"; then
    # What is there is part of the whole, nothing is there twice, and nothing that was there is gone.
    [ -z "$(uniq -d "$work/now.jsonl")" ] || { echo "FAILED: run $run left a claim twice"; exit 1; }
    [ -z "$(comm -23 "$work/now.jsonl" "$work/whole.jsonl")" ] || { echo "FAILED: run $run left a claim that no run adds"; exit 1; }
    count=$(wc -l < "$work/now.jsonl")
    [ "$count" -ge "$last" ] || { echo "FAILED: run $run lost claims: $last before, $count now"; exit 1; }
    last=$count
  elif ! grep -qE 'there is no ledger|is not a contested ledger' "$work/err" || [ "$last" -gt 0 ]; then
    echo "FAILED: run $run: $(cat "$work/err")"; exit 1
  fi
  if [ "$last" -eq "$(wc -l < "$work/whole.jsonl")" ]; then
    finished=$((finished + 1)) ledgers=$((ledgers + 1)) last=0
    rm -f "$store"*
    store=$work/k$ledgers.db
  fi
done
"$binary" add "$work/reports.jsonl" --store "$store" > /dev/null
"$binary" claims --all --json --store "$store" | sort | cmp - "$work/whole.jsonl" || { echo "FAILED: the last run did not add what was missing"; exit 1; }
echo "$runs runs, $killed killed, $finished ledgers filled in between; $(wc -l < "$work/whole.jsonl") claims, none lost, none twice"
