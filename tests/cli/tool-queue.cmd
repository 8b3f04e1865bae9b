echo 'await Promise.all([1, 2, 3].map(n => tools.t(n))); 0' | cloche run - --limit tool_running=1 --tool t="sh -c 'read n || :; echo begin \$n >> log; sleep 0.05; echo end \$n >> log'"; cat log
