#!/bin/sh
# make test: builds and proves everything, and ends with one line "N passed, N failed, N skipped".
#   test.sh         all: gcc, gcc with ASan and UBSan, gcc with TSan, clang, valgrind on a sample
#   test.sh quick   the plain gcc build alone
# Every suite ends with such a line of its own, which is added up here; a suite that ends without one has failed. What failed
# is said again before the last line, so that the end of a long log tells it.
set -u
cd "$(dirname "$0")/.." || exit 1
jobs=${JOBS:-$(nproc)}
passed=0 failed=0 skipped=0
logs=$(mktemp -d)
trap 'rm -rf "$logs"' EXIT

# again NAME STATUS: keeps, of a failing suite, the lines that name a failure and what follows them, or else its last lines
again() {
  echo "FAILED: $1"
  if [ "$2" -eq 124 ] || [ "$2" -eq 137 ]; then echo "    it ran out of its time"; fi
  grep -aE -A 5 --no-group-separator 'FAIL|Sanitizer|runtime error:|[^0-9 ] *[0-9]+ passed, [1-9][0-9]* failed' "$logs/out" >"$logs/named"
  [ -s "$logs/named" ] || tail -n 12 "$logs/out" >"$logs/named"
  head -n 60 "$logs/named" | cut -c 1-400 | sed 's/^/    /'
} >>"$logs/again"

# suite NAME COMMAND...: shows the output of a failing suite, one line of a passing one
suite() {
  name=$1
  shift
  start=$(date +%s)
  timeout -k 10 "${LIMIT:-900}" "$@" >"$logs/out" 2>&1 </dev/null
  status=$?
  line=$(grep -E '^[0-9]+ passed, [0-9]+ failed(, [0-9]+ skipped)?$' "$logs/out" | tail -1)
  p=$(echo "${line:-0 passed, 1 failed, 0 skipped}" | sed 's/ passed.*//')
  f=$(echo "${line:-0 passed, 1 failed, 0 skipped}" | sed 's/.*passed, \([0-9]*\) failed.*/\1/')
  s=$(echo "${line:-0 passed, 1 failed, 0 skipped}" | sed -n 's/.*failed, \([0-9]*\) skipped.*/\1/p')
  if [ $status -ne 0 ] && [ "$f" -eq 0 ]; then f=1; fi
  passed=$((passed + p)) failed=$((failed + f)) skipped=$((skipped + ${s:-0}))
  printf '%-34s %5s passed %4s failed %4s skipped  %4s s\n' "$name" "$p" "$f" "${s:-0}" "$(($(date +%s) - start))"
  if [ "$f" -ne 0 ]; then
    sed 's/^/    /' "$logs/out" | tail -60
    again "$name" $status
  fi
}

# build FOLDER OPTION...
build() {
  folder=$1
  shift
  if ! cmake -S . -B "$folder" -G Ninja -Wno-dev "$@" >"$logs/build" 2>&1 || ! ninja -C "$folder" -j "$jobs" >"$logs/build" 2>&1; then
    echo "The build in $folder failed:"
    tail -40 "$logs/build"
    echo "FAILED: the build in $folder" >>"$logs/again"
    failed=$((failed + 1))
    return 1
  fi
}

# The last resort against a hang is the time limit of a suite, which only a program can have: functions are called back.
hostile() { # FOLDER OPTION...
  folder=$1
  shift
  "$folder/tests/run_hostile" tests/hostile/js --threads="$jobs" "$@"
}

hostile_python() { # FOLDER OPTION...
  folder=$1
  shift
  "$folder/tests/run_hostile" tests/hostile/py --threads="$jobs" "$@"
}

replay() {
  for corpus in fuzz/corpus/*; do
    "$1/fuzz/replay_${corpus##*/}" "$corpus" || return 1
  done
}

replays() {
  replay "$1" >"$logs/replay" || { cat "$logs/replay"; return 1; }
  awk '/ passed, /{n += $1} END {print n " passed, 0 failed, 0 skipped"}' "$logs/replay"
}

# Two clean builds in different folders give the same images.
same_image() {
  other=$(mktemp -d)
  cp -r CMakeLists.txt cmake include src guest "$other"
  if cmake -S "$other" -B "$other/out" -G Ninja -Wno-dev -DCLOCHE_FOLDERS= -DCLOCHE_PYTHON=ON && ninja -C "$other/out" js.img python.img &&
    cmp build/js.img "$other/out/js.img" && cmp build/python.img "$other/out/python.img"; then
    echo "1 passed, 0 failed, 0 skipped"
  else
    echo "0 passed, 1 failed, 0 skipped"
  fi
  rm -rf "$other"
}

case ${1:-} in hostile | hostile_python | replays | same_image)
  "$@"
  exit
  ;;
esac
self=$PWD/tools/test.sh

if build build -DCLOCHE_PYTHON=ON -DCLOCHE_DRILLS=ON; then
  suite "unit" python3 tests/run.py build
  suite "unit, in workers" env CLOCHE_TEST_WORKER="$PWD/build/cloche-worker" python3 tests/run.py build run value console tools \
    session fork undo snapshot restore modules display interactive suspend limits source random python
  for mode in poll hard session snapshot worker; do suite "hostile, $mode" "$self" hostile build --mode=$mode; done
  for mode in poll hard session snapshot worker; do suite "hostile Python, $mode" "$self" hostile_python build --mode=$mode; done
  suite "hostile, pagemap" "$self" hostile build --mode=pagemap --every=2
  suite "hostile Python, pagemap" "$self" hostile_python build --mode=pagemap --every=2
  suite "hostile, worker-snapshot" "$self" hostile build --mode=worker-snapshot --every=5
  suite "hostile Python, worker-snapshot" "$self" hostile_python build --mode=worker-snapshot --every=5
  suite "hostile, worker-old" "$self" hostile build --mode=worker-old --every=3
  suite "hostile Python, worker-old" "$self" hostile_python build --mode=worker-old --every=3
  suite "fuzz corpora" "$self" replays build
  suite "command line" python3 tests/cli/run.py build/cloche
  suite "command line, no jail" python3 tests/cli/run.py --no-jail build/cloche
  suite "JSONL" python3 tests/jsonl/run.py build
  suite "JSONL, no jail" python3 tests/jsonl/run.py --no-jail build
  suite "wire, against its schemas" python3 tests/wire/run.py build
  suite "worker" python3 tests/worker/run.py build
  suite "REPL" python3 tests/repl/run.py build/cloche
  suite "faults, command line" python3 tests/faults/cli.py build
  suite "soak, 20 s" build/tests/run_soak --seconds=20
  suite "guest's world" python3 tests/world/run.py build
  suite "scripts as a model writes them" python3 tests/scripts/run.py build
  suite "recordings are replayed" python3 tests/replay/run.py build
  suite "Python's world, outside of a cell" python3 tests/python/run.py
  suite "Python's world, in cells" python3 tests/python/run.py --cloche build/cloche cell
  suite "example: an approval" python3 tests/build/approval.py build
  suite "a run across an upgrade" python3 tests/build/upgrade.py build
  suite "images are reproducible" "$self" same_image
  suite "translation step" python3 tests/build/steps.py build
  suite "documentation" python3 tests/docs/examples.py build
  suite "generated pages" python3 tests/docs/generated.py build
  suite "breakout drills, a jail alone" build/tests/drill_jail build/tests
  suite "breakout drills, a worker" build/tests/drill_run build/tests
  suite "breakout drills, no namespaces" build/tests/drill_run build/tests --no-namespaces
  suite "include law" python3 tools/include_law.py
  suite "installed library" python3 tests/build/install.py build
  suite "debian package" python3 tests/build/deb.py build
fi
if [ "${1:-}" != quick ]; then
  if build build-asan -DCLOCHE_PYTHON=ON -DCLOCHE_SANITIZE=address,undefined -DCMAKE_BUILD_TYPE=Debug -DCMAKE_C_FLAGS=-O1; then
    suite "unit, ASan and UBSan" python3 tests/run.py build-asan
    for mode in poll session snapshot; do suite "hostile, $mode, ASan and UBSan" "$self" hostile build-asan --mode=$mode; done
    for mode in poll snapshot; do suite "hostile Python, $mode, ASan and UBSan" "$self" hostile_python build-asan --mode=$mode --scale=2; done
    suite "hostile, worker, ASan and UBSan" "$self" hostile build-asan --mode=worker --every=8 --scale=4
    suite "hostile floods, worker, ASan" "$self" hostile build-asan --mode=worker --only=flood- --scale=4
    suite "hostile Python, worker, ASan" "$self" hostile_python build-asan --mode=worker --every=8 --scale=4
    suite "fuzz corpora, ASan and UBSan" "$self" replays build-asan
    suite "command line, ASan and UBSan" python3 tests/cli/run.py build-asan/cloche
    suite "JSONL, ASan and UBSan" python3 tests/jsonl/run.py build-asan
    suite "wire, ASan and UBSan" python3 tests/wire/run.py build-asan
    suite "worker, ASan and UBSan" python3 tests/worker/run.py build-asan
    suite "REPL, ASan and UBSan" python3 tests/repl/run.py build-asan/cloche
    suite "guest's world, ASan and UBSan" python3 tests/world/run.py build-asan
    suite "scripts, ASan and UBSan" python3 tests/scripts/run.py build-asan
  fi
  if build build-tsan -DCLOCHE_SANITIZE=thread -DCMAKE_BUILD_TYPE=Debug -DCMAKE_C_FLAGS=-O1; then
    for group in loop catch tool promise; do
      suite "hostile $group, polled, TSan" "$self" hostile build-tsan --polled --only=$group-
    done
  fi
  if build build-clang -DCMAKE_C_COMPILER=clang; then
    suite "unit, clang" python3 tests/run.py build-clang value run tools slices fork session
    suite "hostile, clang" "$self" hostile build-clang --mode=poll --every=3
  fi
  suite "hostile, valgrind" valgrind --error-exitcode=9 --quiet --vex-iropt-register-updates=allregs-at-mem-access build/tests/run_hostile tests/hostile/js --threads=1 --polled --every=37 --scale=40
fi
if [ -s "$logs/again" ]; then cat "$logs/again"; fi
echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" -eq 0 ]
