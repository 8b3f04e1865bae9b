sh interrupt.sh INT run wait.js --tool t="sh stubborn.sh"; echo $?; rm beat; sleep 0.3; [ -e beat ] && echo survived; :
