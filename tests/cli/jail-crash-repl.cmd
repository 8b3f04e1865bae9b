printf '%s\n' 'let x = 20' 'x = 21; await tools.kill()' 'x' '.undo' 'typeof x' | cloche repl --tool kill='python3 workers.py kill'
