cloche run -e 'display([{a: 1, name: "x"}, {a: 22.5, name: "é".repeat(60)}, {name: null, b: [1, "\n"]}]); display([{a: "line\ntwo"}]); 
display(Array.from({length: 203}, (_, i) => Object.fromEntries(Array.from({length: 34}, (_, k) => ["c" + k, i]))))' > out; head -8 out; tail -3 out; sed -n 9,10p out | cut -c1-40; wc -l < out
