{ cloche run lines.js; echo "exit $?" >&2; } | head -1
