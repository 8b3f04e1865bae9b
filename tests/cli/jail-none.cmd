cloche run --no-jail -e 'await tools.look()' --tool look='python3 workers.py count'; cloche run -e 'await tools.look()' --tool look='python3 workers.py count'
