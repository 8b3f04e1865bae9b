// expect: {"fib": 12586269025, "square": [[5, -4, 1], [-4, 6, -4], [1, -4, 5]], "det": 4, "singular": 0,
//   "mismatch": "3x3 does not go with 2x1"}
class Matrix {
  readonly data: Float64Array;
  constructor(readonly rows: number, readonly cols: number, values: Iterable<number> = []) {
    this.data = new Float64Array(rows * cols);
    this.data.set([...values]);
  }

  static identity(n: number): Matrix {
    return Matrix.build(n, n, (i, j) => Number(i === j));
  }
  static build(rows: number, cols: number, fill: (i: number, j: number) => number): Matrix {
    const m = new Matrix(rows, cols);
    for (let i = 0; i < rows; i++) for (let j = 0; j < cols; j++) m.data[i * cols + j] = fill(i, j);
    return m;
  }

  at(i: number, j: number): number {
    return this.data[i * this.cols + j];
  }

  mul(other: Matrix): Matrix {
    if (this.cols !== other.rows) throw new RangeError(`${this.shape} does not go with ${other.shape}`);
    return Matrix.build(this.rows, other.cols, (i, j) => {
      let sum = 0;
      for (let k = 0; k < this.cols; k++) sum += this.at(i, k) * other.at(k, j);
      return sum;
    });
  }

  pow(n: number): Matrix {
    let result = Matrix.identity(this.rows);
    for (let base: Matrix = this; n > 0; n >>= 1, base = base.mul(base)) if (n & 1) result = result.mul(base);
    return result;
  }

  determinant(): number {
    const a = this.toArray();
    let det = 1;
    for (let c = 0; c < this.rows; c++) {
      let pivot = c;
      for (let r = c + 1; r < this.rows; r++) if (Math.abs(a[r][c]) > Math.abs(a[pivot][c])) pivot = r;
      if (a[pivot][c] === 0) return 0;
      if (pivot !== c) {
        [a[pivot], a[c]] = [a[c], a[pivot]];
        det = -det;
      }
      det *= a[c][c];
      for (let r = c + 1; r < this.rows; r++) {
        const f = a[r][c] / a[c][c];
        for (let k = c; k < this.rows; k++) a[r][k] -= f * a[c][k];
      }
    }
    return det;
  }

  get shape(): `${number}x${number}` {
    return `${this.rows}x${this.cols}`;
  }
  toArray(): number[][] {
    return Array.from({ length: this.rows }, (_, i) => [...this.data.subarray(i * this.cols, (i + 1) * this.cols)]);
  }
}

const fib = new Matrix(2, 2, [1, 1, 1, 0]).pow(50).at(0, 1);
const m = new Matrix(3, 3, [2, -1, 0, -1, 2, -1, 0, -1, 2]);
let mismatch = '';
try {
  m.mul(new Matrix(2, 1));
} catch ({ message }: any) {
  mismatch = message;
}
return { fib, square: m.mul(m).toArray(), det: Math.round(m.determinant()), singular: new Matrix(2, 2, [1, 2, 2, 4]).determinant(), mismatch };
