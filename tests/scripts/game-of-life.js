// expect: {"alive": 5, "back": true}
// output: ["........\n..#.....\n...#....\n.###...."]
const glider = ['.#......', '..#.....', '###.....', '........', '........', '........', '........', '........'];
const parse = (rows) => new Set(rows.flatMap((row, y) => [...row].map((c, x) => (c === '#' ? `${x},${y}` : null)).filter(Boolean)));
const SIZE = 8;

function step(alive) {
  const neighbours = new Map();
  for (const cell of alive) {
    const [x, y] = cell.split(',').map(Number);
    for (let dx = -1; dx <= 1; dx++) {
      for (let dy = -1; dy <= 1; dy++) {
        if (dx === 0 && dy === 0) continue;
        const key = `${(x + dx + SIZE) % SIZE},${(y + dy + SIZE) % SIZE}`;
        neighbours.set(key, (neighbours.get(key) ?? 0) + 1);
      }
    }
  }
  return new Set([...neighbours].filter(([key, n]) => n === 3 || (n === 2 && alive.has(key))).map(([key]) => key));
}

const draw = (alive) =>
  Array.from({ length: SIZE }, (_, y) => Array.from({ length: SIZE }, (_, x) => (alive.has(`${x},${y}`) ? '#' : '.')).join(''));

let world = parse(glider);
const start = draw(world).join('\n');
for (let i = 0; i < 4; i++) world = step(world);
console.log(draw(world).slice(0, 4).join('\n'));
for (let i = 4; i < 32; i++) world = step(world);
({ alive: world.size, back: draw(world).join('\n') === start });
