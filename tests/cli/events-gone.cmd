{ cloche run lines.js --events; echo "exit $?" >&2; } | head -1 | cut -c1-35
