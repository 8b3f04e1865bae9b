echo 'const n: number = 4; n' > x.ts; cp x.ts x.mts; cp x.ts x.cts; cp x.ts X.TS; echo 'const n: number = 5; <b>{n}</b>' > x.tsx
echo '<i a="1">t</i>' > x.jsx; echo '6' > x.mjs; echo '7' > x.cjs; echo '8' > x.txt; echo 9 > .ts; echo 10 > x
for f in x.ts x.mts x.cts X.TS x.tsx x.jsx x.mjs x.cjs x.txt .ts x; do cloche run $f; done
