#!/bin/sh
# make fuzz MINUTES=n: builds the targets with clang, libFuzzer, ASan and UBSan, and runs each for its share of the time,
# starting from the corpus. New inputs stay below build-fuzz; what a target finds is left there as a file, with its name.
set -eu
cd "$(dirname "$0")/.."
minutes=${1:-1}
names=$(cd fuzz/corpus && echo *)
seconds=$((minutes * 60 / $(echo "$names" | wc -w)))
cmake -S . -B build-fuzz -G Ninja -DCMAKE_C_COMPILER=clang -DCLOCHE_FUZZ=ON \
  -DCLOCHE_SANITIZE=address,undefined,fuzzer-no-link -Wno-dev >build-fuzz.log 2>&1 || { cat build-fuzz.log; exit 1; }
rm -f build-fuzz.log
# shellcheck disable=SC2046
ninja -C build-fuzz $(printf "fuzz_%s " $names)
failed=0
for name in $names; do
  mkdir -p build-fuzz/found/$name
  echo "== $name, $seconds s"
  if ! build-fuzz/fuzz/fuzz_$name -max_total_time=$seconds -timeout=20 -rss_limit_mb=8192 -print_final_stats=1 \
    -artifact_prefix=build-fuzz/found/$name- build-fuzz/found/$name fuzz/corpus/$name >build-fuzz/$name.log 2>&1; then
    tail -40 build-fuzz/$name.log
    failed=1
  fi
  grep -E 'number_of_executed_units|new_units_added' build-fuzz/$name.log || true
  grep -oE 'cov: [0-9]+ ft: [0-9]+' build-fuzz/$name.log | tail -1
done
exit $failed
