#!/bin/sh
# A tool: reads {"n": 3} on stdin, answers with the square as JSON on stdout.
n=$(sed -n 's/^{"n":\(-\{0,1\}[0-9]\{1,9\}\)}$/\1/p')
if [ -z "$n" ]; then
  echo '{"error":{"name":"TypeError","message":"n must be a whole number","code":"bad_argument"}}' >&2
  exit 1
fi
echo $((n * n))
