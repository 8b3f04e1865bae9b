python3 "$EXAMPLES/host.py"
