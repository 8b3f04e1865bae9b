#!/bin/sh
# make lint: form, the include law, banned functions, clang-tidy. Reads BUILD_DIR/compile_commands.json for the last.
#   lint.sh BUILD_DIR [format|law|banned|tidy]...        all of them if none is named
# Every part runs; the exit code is 1 when one of them found something. A tool that is not installed is skipped.
set -u
cd "$(dirname "$0")/.." || exit 2
build=${1:?usage: lint.sh BUILD_DIR [PART...]}
shift
[ $# -gt 0 ] || set -- format law banned tidy
found=0

# what to leave out: opinions, and what the house does on purpose
checks='-*,bugprone-*,clang-analyzer-*'
checks="$checks,-bugprone-easily-swappable-parameters,-bugprone-narrowing-conversions,-bugprone-reserved-identifier"
checks="$checks,-bugprone-implicit-widening-of-multiplication-result,-bugprone-assignment-in-if-condition"
checks="$checks,-bugprone-branch-clone,-bugprone-macro-parentheses,-bugprone-signal-handler"
checks="$checks,-bugprone-not-null-terminated-result,-clang-analyzer-valist.Uninitialized"
checks="$checks,-clang-analyzer-security.insecureAPI.DeprecatedOrUnsafeBufferHandling"

have() {
  command -v "$1" >/dev/null && return 0
  echo "$1 is not installed: skipped"
  return 1
}

sources() { find "$@" -name '*.[ch]' -not -path '*/node_modules/*' | sort; }

format() {
  have clang-format || return 0
  wrong=0 all=0
  for file in $(sources include src guest/image guest/python tests bench fuzz tools examples); do
    all=$((all + 1))
    clang-format --dry-run -Werror "$file" >/dev/null 2>&1 && continue
    wrong=$((wrong + 1))
    echo "  $file"
  done
  echo "format: $wrong of $all files are not as clang-format writes them"
  [ "$wrong" -eq 0 ]
}

law() { python3 tools/include_law.py; }
banned() { python3 tools/banned.py; }

tidy() {
  have clang-tidy || return 0
  if [ ! -e "$build/compile_commands.json" ]; then
    echo "tidy: no $build/compile_commands.json: skipped"
    return 0
  fi
  # gcc's own options are unknown to it
  clang-tidy -p "$build" --quiet --checks="$checks" --warnings-as-errors='*' --extra-arg=-Wno-unknown-warning-option \
    --extra-arg=-Wno-unused-command-line-argument src/core/*.c src/worker/*.c src/worker/jailed/*.c src/worker/jailed/filter/*.c src/cli/*.c 2>/dev/null
}

for part; do
  echo "== $part"
  case $part in
    format | law | banned | tidy) "$part" || found=1 ;;
    *) echo "lint.sh: no part '$part'" >&2; exit 2 ;;
  esac
done
exit $found
