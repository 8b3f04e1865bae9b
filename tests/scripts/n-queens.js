// expect: [[4, 2, 1], [5, 10, 2], [6, 4, 1], [7, 40, 6], [8, 92, 12]]
// output: [".Q....\n...Q..\n.....Q\nQ.....\n..Q...\n....Q."]
function queens(n) {
  const solutions = [];
  (function place(row, columns, diagonals, antidiagonals, board) {
    if (row === n) return solutions.push(board);
    for (let c = 0; c < n; c++) {
      const bit = 1 << c;
      const d = 1 << (row + c);
      const a = 1 << (row - c + n - 1);
      if (columns & bit || diagonals & d || antidiagonals & a) continue;
      place(row + 1, columns | bit, diagonals | d, antidiagonals | a, [...board, c]);
    }
  })(0, 0, 0, 0, []);
  return solutions;
}

const rotate = (board) => board.reduce((out, c, r) => ((out[c] = board.length - 1 - r), out), Array(board.length).fill(0));
const mirror = (board) => [...board].reverse();

function fundamental(solutions) {
  const seen = new Set();
  return solutions.filter((board) => {
    if (seen.has(board.join())) return false;
    for (let b = board, i = 0; i < 4; i++, b = rotate(b)) seen.add(b.join()).add(mirror(b).join());
    return true;
  });
}

const six = queens(6);
console.log(six[0].map((c) => '.'.repeat(c) + 'Q' + '.'.repeat(5 - c)).join('\n'));
[4, 5, 6, 7, 8].map((n) => [n, queens(n).length, fundamental(queens(n)).length])
