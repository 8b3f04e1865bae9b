sh interrupt.sh HUP run up-loop.js --tool up='touch up'
