cloche run -e 'console.log(1)' --record nowhere/a.rec; echo "exit code $?"
