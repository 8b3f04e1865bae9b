// status: ok
// timeout: 20s
// value: [100000,100001,0]
// why: a hundred thousand pairs: appended, sorted, listed, deleted
const p = new URLSearchParams();
for (let i = 0; i < 100000; i++) p.append('k' + i % 1000, 'v' + i);
const n = p.size;
p.sort();
p.append('last', '%');
const listed = [...p].length;
p.toString(); [...p.keys()]; p.getAll('k7'); p.has('k9', 'v9');
for (let i = 0; i < 1000; i++) p.delete('k' + i);
p.delete('last');
[n, listed, p.size];
