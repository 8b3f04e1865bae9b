// expect: {"solved": true, "rows": ["534678912", "672195348", "198342567", "859761423", "426853791", "713924856",
//   "961537284", "287419635", "345286179"], "enough": true, "impossible": true, "quickly": true}
type Board = Uint8Array;
const parse = (text: string): Board => Uint8Array.from(text.replace(/\s/g, ''), (c) => (c === '.' ? 0 : Number(c)));

const PEERS: number[][] = Array.from({ length: 81 }, (_, cell) => {
  const [r, c] = [Math.floor(cell / 9), cell % 9];
  const peers = new Set<number>();
  for (let i = 0; i < 9; i++) {
    peers.add(r * 9 + i).add(i * 9 + c);
    peers.add((Math.floor(r / 3) * 3 + Math.floor(i / 3)) * 9 + Math.floor(c / 3) * 3 + (i % 3));
  }
  peers.delete(cell);
  return [...peers];
});

let guesses = 0;
function solve(board: Board): boolean {
  let best = -1;
  let options: number[] = [];
  for (let cell = 0; cell < 81; cell++) {
    if (board[cell]) continue;
    let used = 0;
    for (const peer of PEERS[cell]) used |= 1 << board[peer];
    const free = [1, 2, 3, 4, 5, 6, 7, 8, 9].filter((d) => !(used & (1 << d)));
    if (best < 0 || free.length < options.length) {
      best = cell;
      options = free;
      if (free.length < 2) break;
    }
  }
  if (best < 0) return true;
  for (const digit of options) {
    guesses++;
    board[best] = digit;
    if (solve(board)) return true;
  }
  board[best] = 0;
  return false;
}

const board = parse(`
  53..7.... 6..195... .98....6.
  8...6...3 4..8.3..1 7...2...6
  .6....28. ...419..5 ....8..79`);
const solved = solve(board);
const rows: string[] = [];
for (let r = 0; r < 9; r++) rows.push(board.subarray(r * 9, r * 9 + 9).join(''));
const used = guesses;
const twice = parse('12345678.' + '........9' + '.'.repeat(63)); // the last cell of the first row has no digit left
return { solved, rows, enough: used >= 51, impossible: !solve(twice), quickly: guesses === used };
