sh interrupt.sh TERM run up-loop.js --tool up='touch up'
