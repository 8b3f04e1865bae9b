sh interrupt.sh INT run up-loop.js --tool up='touch up' --json > report; echo $?; grep -o '^{"status":"cancelled"' report; grep -o '"code":"cancelled"' report
