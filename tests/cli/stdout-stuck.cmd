{ cloche run lines.js & p=$!; while kill -INT $p 2>/dev/null; do sleep 0.1; done; wait $p; echo "exit $?" >&2; : > over; } |
while [ ! -e over ]; do sleep 0.02; done
