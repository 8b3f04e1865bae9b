// status: ok
// value: "1,2,3,-1,-1,-1,0,-1,0,1,2,3,-1,-1,-1,0,-1,0,0,2,2,-1,-1,-1,0,-1,0,0,2,2,-1,-1,-1,0,-1,0,0,2,2,-1,-1,-1,0,-1,0"
// why: CVE-2025-62495's neighbours, quickjs-ng issue 1139: lastIndex in the middle of a pair, beyond the end and beyond 32 bits
const seen = [];
for (const flags of ['g', 'y', 'gu', 'yv', 'guy'])
  for (const at of [1, 2, 3, 2 ** 31, 2 ** 32 + 1, 2 ** 53, -1, Infinity, NaN]) {
    let r;
    try { r = new RegExp('[^x]', flags); r.lastIndex = at; seen.push(r.exec('\u{1f600}\u{1f600}')?.index ?? -1); } catch (e) { seen.push(e.name); }
  }
seen.join();
