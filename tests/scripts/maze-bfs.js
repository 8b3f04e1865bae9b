// expect: {"steps": 10, "compact": "4S6E", "visited": 22}
const maze = `
#########
#S..#...#
#.#.#.#.#
#.#...#.#
#.#####.#
#......E#
#########`.trim().split('\n');

const find = (mark) => {
  for (const [y, row] of maze.entries()) {
    const x = row.indexOf(mark);
    if (x >= 0) return { x, y };
  }
};

function solve() {
  const start = find('S');
  const goal = find('E');
  const key = ({ x, y }) => y * 100 + x;
  const from = new Map([[key(start), null]]);
  const queue = [start];
  while (queue.length) {
    const here = queue.shift();
    if (here.x === goal.x && here.y === goal.y) break;
    for (const [dx, dy, name] of [[0, -1, 'N'], [1, 0, 'E'], [0, 1, 'S'], [-1, 0, 'W']]) {
      const next = { x: here.x + dx, y: here.y + dy };
      if (maze[next.y][next.x] === '#' || from.has(key(next))) continue;
      from.set(key(next), { here, name });
      queue.push(next);
    }
  }
  let path = '';
  for (let step = from.get(key(goal)); step; step = from.get(key(step.here))) path = step.name + path;
  return { path, visited: from.size };
}

const { path, visited } = solve();
const compact = path.replace(/(.)\1*/g, (run, c) => (run.length > 1 ? run.length : '') + c);
({ steps: path.length, compact, visited });
