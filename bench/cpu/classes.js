// classes: classes and inheritance. Shapes with virtual methods, getters and
// setters, a bank simulation, a vector class and an expression interpreter.

class Shape {
  constructor(name) { this.name = name; }
  get label() { return `${this.name}#${this.sides()}`; }
  sides() { return 0; }
  area() { return 0; }
  static compare(a, b) { return a.area() - b.area(); }
}

class Rectangle extends Shape {
  constructor(w, h, name = "rect") { super(name); this.w = w; this.h = h; }
  sides() { return 4; }
  area() { return this.w * this.h; }
}

class Square extends Rectangle {
  constructor(w) { super(w, w, "square"); }
  area() { return super.area(); }
}

class Triangle extends Shape {
  constructor(base, height) { super("tri"); Object.assign(this, { base, height }); }
  sides() { return 3; }
  area() { return (this.base * this.height) / 2; }
}

class Vector {
  constructor(x, y, z) { this.x = x; this.y = y; this.z = z; }
  add(o) { return new Vector(this.x + o.x, this.y + o.y, this.z + o.z); }
  scale(k) { return new Vector(this.x * k, this.y * k, this.z * k); }
  dot(o) { return this.x * o.x + this.y * o.y + this.z * o.z; }
}

class Account {
  constructor(owner) { this.owner = owner; this._balance = 0; this.history = []; }
  get balance() { return this._balance; }
  set balance(value) {
    if (value < 0) throw new RangeError("overdrawn");
    this._balance = value;
    this.history.push(value);
  }
  transfer(to, amount) {
    this.balance -= amount;
    to.balance += amount;
  }
}

class Node { eval() { throw new Error("abstract"); } }
class Literal extends Node {
  constructor(value) { super(); this.value = value; }
  eval() { return this.value; }
}
class Variable extends Node {
  constructor(name) { super(); this.name = name; }
  eval(env) { return env[this.name]; }
}
class Binary extends Node {
  constructor(op, left, right) { super(); this.op = op; this.left = left; this.right = right; }
  eval(env) {
    const a = this.left.eval(env);
    const b = this.right.eval(env);
    switch (this.op) {
      case "+": return a + b;
      case "-": return a - b;
      case "*": return (a * b) % 10007;
      default: throw new Error("bad operator " + this.op);
    }
  }
}

function buildTree(depth, n) {
  if (depth === 0) return n % 2 ? new Literal(n % 13) : new Variable(n % 3 ? "x" : "y");
  return new Binary("+-*"[n % 3], buildTree(depth - 1, n * 2 + 1), buildTree(depth - 1, n * 3 + 2));
}

function main() {
  const shapes = [];
  for (let i = 1; i <= 12000; i++) {
    shapes.push(i % 3 === 0 ? new Square(i % 50) : i % 3 === 1 ? new Rectangle(i % 40, 3) : new Triangle(i % 30, 8));
  }
  let area = 0;
  let labels = 0;
  for (const shape of shapes) {
    area += shape.area();
    labels += shape.label.length;
    if (shape instanceof Rectangle) area += 1;
  }
  shapes.length = 1500;
  shapes.sort(Shape.compare);

  let position = new Vector(0, 0, 0);
  let velocity = new Vector(1, 2, 3);
  for (let i = 0; i < 25000; i++) {
    position = position.add(velocity.scale(0.5));
    if (position.dot(position) > 1e6) velocity = velocity.scale(-1);
  }

  const accounts = Array.from({ length: 50 }, (_, i) => new Account("owner" + i));
  for (const account of accounts) account.balance = 1000;
  let refused = 0;
  for (let i = 0; i < 25000; i++) {
    try {
      accounts[(i * 7) % 50].transfer(accounts[(i * 13 + 1) % 50], (i * 31) % 400);
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      refused++;
    }
  }
  const money = accounts.reduce((sum, account) => sum + account.balance, 0);

  const tree = buildTree(9, 1);
  let value = 0;
  for (let i = 0; i < 140; i++) value = (value + tree.eval({ x: i, y: i * 2 })) % 1000003;
  return [area, labels, shapes[250].label, position.x, money, refused, accounts[7].history.length, value].join(":");
}

main();
