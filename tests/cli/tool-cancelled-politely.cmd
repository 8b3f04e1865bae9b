sh interrupt.sh TERM run wait.js --tool t="sh polite.sh"; cat mark
