sh interrupt.sh INT run up-loop.js --tool up='touch up'
