// expect: {"total": 3, "largest": "circle", "isPolygon": [false, true, true]}
// output: ["1. circle: area 7.07, perimeter 9.42", "2. 3-gon: area 6.00, perimeter 12.00",
//   "3. square: area 4.00, perimeter 8.00 (regular)"]
abstract class Shape {
  private static count = 0;
  public readonly id: number;

  protected constructor(public readonly name: string) {
    this.id = ++Shape.count;
  }

  abstract area(): number;
  abstract get perimeter(): number;

  static get total(): number {
    return Shape.count;
  }

  describe(this: Shape): string {
    return `${this.id}. ${this.name}: area ${this.area().toFixed(2)}, perimeter ${this.perimeter.toFixed(2)}`;
  }
}

class Circle extends Shape {
  constructor(private readonly radius: number) {
    super('circle');
  }
  area = () => Math.PI * this.radius ** 2;
  get perimeter() {
    return 2 * Math.PI * this.radius;
  }
}

class Polygon extends Shape {
  constructor(protected readonly points: ReadonlyArray<readonly [x: number, y: number]>, name = `${points.length}-gon`) {
    super(name);
  }
  private *edges() {
    for (let i = 0; i < this.points.length; i++) yield [this.points[i], this.points[(i + 1) % this.points.length]] as const;
  }
  area(): number {
    let twice = 0;
    for (const [[x1, y1], [x2, y2]] of this.edges()) twice += x1 * y2 - x2 * y1;
    return Math.abs(twice) / 2;
  }
  get perimeter(): number {
    return [...this.edges()].reduce((sum, [[x1, y1], [x2, y2]]) => sum + Math.hypot(x2 - x1, y2 - y1), 0);
  }
}

class Square extends Polygon {
  constructor(side: number) {
    super([[0, 0], [side, 0], [side, side], [0, side]], 'square');
  }
  override describe(): string {
    return `${super.describe()} (regular)`;
  }
}

const shapes: Shape[] = [new Circle(1.5), new Polygon([[0, 0], [4, 0], [0, 3]]), new Square(2)];
for (const shape of shapes) console.log(shape.describe());
({ total: Shape.total, largest: shapes.toSorted((a, b) => b.area() - a.area())[0].name, isPolygon: shapes.map((s) => s instanceof Polygon) })
