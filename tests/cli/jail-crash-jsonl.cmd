printf '%s\n' '{"id":"a","code":"let x = 20; x"}' '{"id":"b","code":"x = 21; await tools.kill()"}' '{"id":"c","code":"x + 1"}' | cloche jsonl --tool kill='python3 workers.py kill'
