cloche run -e 'await tools.a()' --suspend a --save no/where.snap; echo "exit code $?"
