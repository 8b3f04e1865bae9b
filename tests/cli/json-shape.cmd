cloche run call.js --tool t=cat --json | python3 shape.py
