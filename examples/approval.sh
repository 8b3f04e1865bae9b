#!/bin/sh
# A script waits for an approval, is saved, and its process ends; another process answers, and the script finishes.
# usage: approval.sh [PATH/TO/cloche [js|py]]
set -eu
cloche=${1:-cloche}
language=${2:-js}
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

command -v "$cloche" >/dev/null || { echo "approval.sh: there is no '$cloche'; name the program: approval.sh build/cloche" >&2; exit 2; }

say() { printf '\n%s\n' "$*"; }
pay="sh -c 'cat >>\"$work/payments\"; echo >>\"$work/payments\"; echo \"\\\"ok\\\"\"'"

say "cloche run invoice.$language --suspend approve --save invoice.snap"
code=0
"$cloche" run "$here/approval/invoice.$language" --tool invoices="cat '$here/approval/invoices.json'" --tool pay="$pay" \
  --suspend approve --save "$work/invoice.snap" 2>"$work/said" || code=$?
[ $code -eq 75 ] || { cat "$work/said" >&2; exit 1; }
grep '^suspended' "$work/said"

say "The process has ended, with the exit code $code. What is left is a file:"
"$cloche" snapshot info "$work/invoice.snap" | grep 'waits for'
if [ -e "$work/payments" ]; then echo "paid without an approval" >&2; exit 1; fi

say 'cloche resume invoice.snap --answer approve={"yes":true,"by":"Ada"}'
"$cloche" resume "$work/invoice.snap" --tool pay="$pay" --answer 'approve={"yes":true,"by":"Ada"}'
sort "$work/payments"

say 'cloche resume invoice.snap --answer approve={"yes":false,"why":"too much"}'
code=0
"$cloche" resume "$work/invoice.snap" --tool pay="$pay" --answer 'approve={"yes":false,"why":"too much"}' >"$work/said" 2>&1 || code=$?
[ $code -eq 1 ] || { cat "$work/said" >&2; exit 1; }
grep 'too much' "$work/said" | head -1
[ "$(wc -l <"$work/payments")" -eq 2 ]
