for command in 'run -e 1' repl jsonl 'image build --preload a.js -o x.img'; do cloche $command --no-jail --require-jail < /dev/null; echo $?; done
