echo 'let n = 0, over = false; tools.t().then(() => { over = true }); while (!over) { n++; await new Promise(r => setTimeout(r, 5)); } n > 5' | cloche run - --tool t='sleep 0.2'
