command -v node >/dev/null || exit 77
node "$EXAMPLES/host.mjs"
