// arrays: array methods. map, filter, reduce, flatMap, slice, splice, concat,
// destructuring, matrices, a sliding window, a grid game and a work queue.

let seed = 5;
function random(n) {
  seed = (Math.imul(seed, 1103515245) + 12345) & 0x7fffffff;
  return (seed >> 4) % n;
}

const range = (n) => Array.from({ length: n }, (_, i) => i);
const sum = (list) => list.reduce((a, b) => a + b, 0);
const chunk = (list, size) => range(Math.ceil(list.length / size)).map((i) => list.slice(i * size, (i + 1) * size));
const zip = (a, b) => a.map((x, i) => [x, b[i]]);

function multiply(a, b) {
  return a.map((row) => b[0].map((_, j) => row.reduce((s, x, k) => (s + x * b[k][j]) % 10007, 0)));
}

function transpose(m) {
  return m[0].map((_, j) => m.map((row) => row[j]));
}

function movingAverage(list, size) {
  const out = [];
  let window = 0;
  for (let i = 0; i < list.length; i++) {
    window += list[i];
    if (i >= size) window -= list[i - size];
    if (i >= size - 1) out.push(window / size);
  }
  return out;
}

// One generation of Conway's game of life on a torus.
function life(grid) {
  const h = grid.length;
  const w = grid[0].length;
  return grid.map((row, y) => row.map((cell, x) => {
    let near = -cell;
    for (let dy = -1; dy <= 1; dy++) {
      const line = grid[(y + dy + h) % h];
      for (let dx = -1; dx <= 1; dx++) near += line[(x + dx + w) % w];
    }
    return near === 3 || (near === 2 && cell) ? 1 : 0;
  }));
}

function main() {
  const rows = range(8000).map((i) => ({ id: i, group: random(40), amount: random(1000), tags: [i % 3, i % 5] }));
  const large = rows
    .filter((row) => row.amount > 250)
    .map((row) => ({ ...row, amount: row.amount * 2 }))
    .filter(({ group }) => group !== 7);
  const tags = rows.flatMap((row) => row.tags);
  const unique = tags.filter((tag, i) => tags.indexOf(tag) === i);
  const pairs = zip(range(6000), range(6000).reverse()).filter(([a, b]) => (a * b) % 7 === 1);

  let matrix = range(18).map((i) => range(18).map((j) => (i * j + 1) % 11));
  for (let i = 0; i < 6; i++) matrix = multiply(matrix, transpose(matrix));

  const averages = movingAverage(rows.map((row) => row.amount), 16);
  const peaks = averages.filter((x, i) => i > 0 && x > averages[i - 1]).length;

  let grid = range(32).map(() => range(32).map(() => (random(3) === 0 ? 1 : 0)));
  for (let i = 0; i < 20; i++) grid = life(grid);

  const queue = range(200);
  let handled = 0;
  while (queue.length > 0 && handled < 12000) {
    const job = queue.shift();
    handled++;
    if (job % 3 === 0) queue.push(job + 1, job + 2);
    else if (job % 7 === 1) queue.unshift(job + 5);
    if (handled % 50 === 0) queue.splice(queue.length >> 1, 3, handled);
  }

  const chunks = chunk(large, 64).map((part) => part.reduce((max, row) => Math.max(max, row.amount), 0));
  const found = range(330).map((i) => rows.findIndex((row) => row.amount === i * 3));
  const last = [...rows.slice(-5), ...rows.slice(0, 5)].map(({ id }) => id).concat([1, 2], 3).reverse();
  return [sum(large.map((r) => r.amount)), unique.length, pairs.length, sum(matrix.map(sum)),
    peaks, sum(grid.map(sum)), handled, sum(chunks), sum(found), last.join("/")].join(":");
}

main();
