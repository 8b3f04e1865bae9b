cloche run -e 'const t = Date.now(); await new Promise(r => setTimeout(r, 3600000)); [t, Date.now() - t]' --clock virtual --timeout 5s
