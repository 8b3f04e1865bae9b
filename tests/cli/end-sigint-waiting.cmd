sh interrupt.sh INT run up-wait.js --tool up='touch up' --tool t='sleep 20'
