cloche run -e 'console.log(1); for (;;);' > out & p=$!; until grep -q 1 out; do sleep 0.05; done; worker=$(python3 workers.py pid $p); kill -9 $p; wait $p; python3 workers.py await-end $worker
