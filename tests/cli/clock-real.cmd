cloche run -e 'Math.abs(Date.now() / 1000 - context.args[0]) < 100' --clock 2001-01-01 --clock real -- $(date +%s)
