echo 'const s = "x".repeat(3e6); (await tools.t(s)) === s' | cloche run - --tool t=cat
