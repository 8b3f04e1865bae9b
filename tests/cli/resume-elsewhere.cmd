cloche run order.js --tool stock='echo 12' --suspend approve --save o.snap 2>/dev/null; mkdir sub; mv o.snap sub; rm order.js; cd sub && XDG_DATA_HOME=$PWD cloche resume o.snap --answer approve=true
