sh interrupt.sh INT run wait.js --tool t="sh parent.sh"; sleep 1; [ -e mark ] && cat mark; :
