// expect: {"hull": ["0,0", "4,0", "4,3", "2,5", "0,3"], "perimeter": 15.6569, "far": 5}
interface Point { x: number; y: number }
const Geometry = {
  distance(a: Point, b: Point = { x: 0, y: 0 }): number {
    return Math.sqrt((a.x - b.x) ** 2 + (a.y - b.y) ** 2);
  },
} as const;

type P = Readonly<Point>;

function convexHull(points: P[]): P[] {
  const sorted = [...points].sort((a, b) => a.x - b.x || a.y - b.y);
  const cross = (o: P, a: P, b: P) => (a.x - o.x) * (b.y - o.y) - (a.y - o.y) * (b.x - o.x);
  const half = (list: P[]) => {
    const hull: P[] = [];
    for (const p of list) {
      while (hull.length >= 2 && cross(hull.at(-2)!, hull.at(-1)!, p) <= 0) hull.pop();
      hull.push(p);
    }
    return hull.slice(0, -1);
  };
  return [...half(sorted), ...half(sorted.reverse())];
}

const points = [[0, 0], [4, 0], [4, 3], [2, 1], [0, 3], [2, 5], [1, 1], [3, 2]].map(([x, y]): P => ({ x, y }));
const hull = convexHull(points);
const perimeter = hull.reduce((sum, p, i) => sum + Geometry.distance(p, hull[(i + 1) % hull.length]), 0);
return { hull: hull.map(({ x, y }) => `${x},${y}`), perimeter: Number(perimeter.toFixed(4)), far: Geometry.distance({ x: 3, y: 4 }) };
