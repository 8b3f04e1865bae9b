#!/bin/sh
# run.sh: measures Cloche and its peers in turns, and writes docs/BENCHMARKS.md.
#
#   bench/run.sh PROGRAM|BUILD_DIR        the built program `bench`, or the build directory that has it
#
# Builds nothing. The peers are installed beside the program, once; a peer that cannot be installed is left out of the
# report, which says so. BENCH_QUICK=1: fewer runs, under a minute, and docs/BENCHMARKS.md stays as it is.
# BENCH_PEERS: which peers, comma separated (peers/peers.mjs).
set -eu

[ $# -eq 1 ] || { echo "usage: $0 PROGRAM|BUILD_DIR" >&2; exit 2; }
here=$(cd "$(dirname "$0")" && pwd)
bench=$1
if [ -d "$bench" ]; then bench=$bench/bench/bench; fi
[ -x "$bench" ] || { echo "$0: $bench is no program" >&2; exit 2; }
bench=$(cd "$(dirname "$bench")" && pwd)/$(basename "$bench")
work=$(dirname "$bench")/run
quick=${BENCH_QUICK:-0}
mkdir -p "$work/peers"
rm -f "$work"/*.jsonl

load() { cut -d' ' -f1 /proc/loadavg; }

# ---- the peers

copy_peers() {
  for folder in cpu scripts; do ln -sfn "$here/$folder" "$work/$folder"; done
  for file in "$here"/peers/*.mjs "$here"/peers/package.json; do cp "$file" "$work/peers/"; done
}

# What is installed is told by a copy of the lock file; "quick" installs do without isolated-vm, which may be compiled.
install_peers() {
  lock=$here/peers/package-lock.json
  if cmp -s "$lock" "$work/peers/installed.json"; then return; fi
  if [ "$quick" = 1 ] && [ -d "$work/peers/node_modules" ]; then return; fi
  cp "$lock" "$work/peers/"
  [ -d /usr/include/node ] && export npm_config_nodedir=/usr
  echo "installing the peers" >&2
  if [ "$quick" = 1 ]; then
    (cd "$work/peers" && npm ci --omit=optional --no-audit --no-fund --silent >&2) || true
  else
    (cd "$work/peers" && npm ci --no-audit --no-fund --silent >&2) && cp "$lock" "$work/peers/installed.json" || true
  fi
}

peers() {
  if [ -z "${node:-}" ]; then return; fi
  # a wrong result is a failure of the benchmark, a peer that is missing is not
  node "$work/peers/peers.mjs" "$1" --json >> "$work/peers-$1.jsonl"
}

node=$(command -v node || true)
if [ -n "$node" ] && command -v npm > /dev/null; then
  copy_peers
  install_peers
else
  node=
  echo '{"peer":"all","skipped":"Node or npm is not installed"}' > "$work/peers-none.jsonl"
fi

# ---- the rounds

own() {
  part=$1
  "$bench" --json --folder "$here" --hostile "$here/../tests/hostile/js" --worker "$(dirname "$bench")/../cloche-worker" "$part" >> "$work/own-$part.jsonl"
}

# Against the peers' package, in turns of its own; the program stands beside the benchmark's folder.
world() {
  program=$(dirname "$bench")/../cloche package=$work/peers/node_modules/quickjs-wasi
  if [ -z "$node" ] || [ ! -d "$package" ] || [ ! -x "$program" ]; then return; fi
  python3 "$here/world.py" --json "$@" "$program" "$package" > "$work/own-world.jsonl"
}

# Python in a cell, in python3.11 and in Pyodide, in turns of its own; a build without Python has nothing to measure.
python_programs() {
  program=$(dirname "$bench")/../cloche package=$work/peers/node_modules/pyodide
  if [ ! -x "$program" ] || [ "$("$program" run --lang py -e 'print(1)' 2>/dev/null)" != 1 ]; then
    echo '{"peer":"cloche (python)","skipped":"this build has no Python engine"}' > "$work/own-python-programs.jsonl"
    return
  fi
  [ -d "$package" ] || package=-
  python3 "$here/python.py" --json "$@" "$program" "$package" > "$work/own-python-programs.jsonl"
}

if [ "$quick" = 1 ]; then
  rounds=1
  export BENCH_RUNS=1 BENCH_FRESH_RUNS=50 BENCH_SCRIPT_RUNS=5 BENCH_WARMUP=0.3
else
  rounds=3
  export BENCH_RUNS=3 BENCH_FRESH_RUNS=300 BENCH_SCRIPT_RUNS=40 BENCH_WARMUP=2
fi
load_before=$(load)
round=1
while [ "$round" -le "$rounds" ]; do
  for part in fresh scripts cpu; do
    echo "round $round: $part (load $(load))" >&2
    if [ $((round % 2)) = 1 ]; then own "$part"; peers "$part"; else peers "$part"; own "$part"; fi
  done
  for part in state snapshot typescript calls json memory limits kill python workers; do
    echo "round $round: $part (load $(load))" >&2
    own "$part"
  done
  round=$((round + 1))
done
echo "world (load $(load))" >&2
if [ "$quick" = 1 ]; then world --rounds 1 --samples 5; else world; fi
echo "python (load $(load))" >&2
if [ "$quick" = 1 ]; then python_programs --rounds 1 --runs 3; else python_programs; fi
echo "start (load $(load))" >&2
python3 "$here/start.py" --json "$(dirname "$bench")/../cloche" > "$work/own-start.jsonl"
echo "jsonl (load $(load))" >&2
if [ "$quick" = 1 ]; then jsonl_rounds=3; else jsonl_rounds=15; fi
python3 "$here/jsonl.py" --json --rounds "$jsonl_rounds" "$(dirname "$bench")/../cloche" > "$work/own-jsonl.jsonl"

# ---- the report

model=$(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -n 1)
compiler=$(${CC:-cc} --version 2>/dev/null | head -n 1 || true)
machine="${model:-$(uname -m)}, $(nproc) cores, Linux $(uname -r), ${compiler:-no compiler}"
machine="$machine${node:+, Node $(node --version)}; load average $load_before before and $(load) after"
report() { python3 "$here/report.py" --machine "$machine" "$work"/own-*.jsonl "$work"/peers-*.jsonl; }
if [ "$quick" = 1 ]; then
  report
else
  report > "$work/BENCHMARKS.md"
  cp "$work/BENCHMARKS.md" "$here/../docs/BENCHMARKS.md"
  cat "$work/BENCHMARKS.md"
fi
