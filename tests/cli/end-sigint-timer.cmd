echo 'tools.up(); await new Promise(r => setTimeout(r, 20000))' > x.js; sh interrupt.sh INT run x.js --tool up='touch up'
