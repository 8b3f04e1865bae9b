cat > x.js <<'E'
console.log('a', {b: 1}); console.error('e'); display('text'); display(new Uint8Array([1, 2])); display({a: 1}); progress(0.5, 'half'); progress(2)
await tools.t({n: 1}); await tools.f().catch(() => 0); tools.slow(); await tools.t(2); 'done\u0000é'
E
cloche run x.js --events --tool t=cat --tool f=false --tool slow='sleep 20' > out; echo $?; grep -v '"type":"report"' out | sed -E 's/\"timestamp\":[0-9]+/\"timestamp\":0/g'; tail -1 out | python3 -c 'import json, sys; r = json.load(sys.stdin); print(r["type"], r["report"]["status"], ascii(r["report"]["value"]), len(r["report"]["output"]))'
