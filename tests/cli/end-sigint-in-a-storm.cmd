echo 'for (;;) await tools.up()' > x.js; sh interrupt.sh INT run x.js --tool up='touch up'
