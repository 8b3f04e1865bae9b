cloche run -e 'const t = Date.now(); await new Promise(r => setTimeout(r, 36e5)); [Math.abs(t / 1000 - context.args[0]) < 60, Date.now() - t]' --record a.rec -- $(date +%s)
