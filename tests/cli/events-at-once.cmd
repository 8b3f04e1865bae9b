echo 'console.log(1); await tools.t(); console.log(2)' > x.js; cloche run x.js --events --tool t='sh -c "cat out >seen"' > out; sed -E 's/\"timestamp\":[0-9]+/\"timestamp\":0/g' seen
