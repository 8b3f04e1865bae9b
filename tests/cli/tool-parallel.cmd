echo 'const r = await Promise.all(Array.from({length: 20}, (_, i) => tools.t({i}))); r.map(x => x.i).join()' | cloche run - --tool t="sh -c 'sleep 0.5; cat'" --timeout 4s
