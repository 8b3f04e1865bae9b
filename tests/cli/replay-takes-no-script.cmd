for o in hello.js '-e 1' '--seed 1' '--tool a=b' '--record x' '-- 1' '--memory 64MiB'; do cloche run --replay a.rec $o 2>&1 | head -1; done
