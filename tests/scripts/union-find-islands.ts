// expect: {"islands": 6, "sizes": [5, 4, 3, 3, 2, 1]}
const map = `
##..#....#
#...##...#
....#..#..
.##....#..
.#...###.#
`.trim();

class DisjointSet {
  private parent: Int32Array;
  private size: Int32Array;
  constructor(n: number) {
    this.parent = Int32Array.from({ length: n }, (_, i) => i);
    this.size = new Int32Array(n).fill(1);
  }
  find(x: number): number {
    while (this.parent[x] !== x) x = this.parent[x] = this.parent[this.parent[x]];
    return x;
  }
  union(a: number, b: number): boolean {
    let [ra, rb] = [this.find(a), this.find(b)];
    if (ra === rb) return false;
    if (this.size[ra] < this.size[rb]) [ra, rb] = [rb, ra];
    this.parent[rb] = ra;
    this.size[ra] += this.size[rb];
    return true;
  }
  sizeOf(x: number): number {
    return this.size[this.find(x)];
  }
}

const grid = map.split('\n');
const [height, width] = [grid.length, grid[0].length];
const land = (y: number, x: number): boolean => grid[y]?.[x] === '#';
const at = (y: number, x: number) => y * width + x;

const set = new DisjointSet(width * height);
let islands = 0;
for (let y = 0; y < height; y++) {
  for (let x = 0; x < width; x++) {
    if (!land(y, x)) continue;
    islands++;
    if (land(y - 1, x) && set.union(at(y, x), at(y - 1, x))) islands--;
    if (land(y, x - 1) && set.union(at(y, x), at(y, x - 1))) islands--;
  }
}

const sizes = new Map<number, number>();
grid.forEach((row, y) => [...row].forEach((_, x) => land(y, x) && sizes.set(set.find(at(y, x)), set.sizeOf(at(y, x)))));
return { islands, sizes: [...sizes.values()].sort((a, b) => b - a) };
