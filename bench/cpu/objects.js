// objects: plain objects as records and dictionaries. Creation, updates,
// spreads, dynamic keys, Object.keys/entries/assign, deep copy and compare.

let seed = 42;
function random(n) {
  seed = (Math.imul(seed, 1103515245) + 12345) & 0x7fffffff;
  return (seed >> 4) % n;
}

function makeProduct(id) {
  return {
    id,
    name: "product-" + id,
    price: 100 + random(9000),
    stock: random(50),
    tags: { color: "c" + random(7), size: "s" + random(4) },
    supplier: { id: random(20), rating: random(5) },
  };
}

function deepCopy(value) {
  if (Array.isArray(value)) return value.map(deepCopy);
  if (value === null || typeof value !== "object") return value;
  const copy = {};
  for (const key of Object.keys(value)) copy[key] = deepCopy(value[key]);
  return copy;
}

function deepEqual(a, b) {
  if (a === b) return true;
  if (typeof a !== "object" || typeof b !== "object" || !a || !b) return false;
  const keys = Object.keys(a);
  if (keys.length !== Object.keys(b).length) return false;
  return keys.every((key) => key in b && deepEqual(a[key], b[key]));
}

function applyEvent(state, event) {
  switch (event.type) {
    case "sell":
      return { ...state, stock: Math.max(0, state.stock - event.count) };
    case "restock":
      return { ...state, stock: state.stock + event.count, restocked: true };
    case "reprice":
      return Object.assign({}, state, { price: state.price + event.delta });
    default:
      return state;
  }
}

function main() {
  const inventory = {};
  for (let i = 0; i < 2400; i++) inventory["p" + i] = makeProduct(i);

  const types = ["sell", "restock", "reprice", "view"];
  for (let i = 0; i < 23000; i++) {
    const key = "p" + random(2400);
    const event = { type: types[random(4)], count: 1 + random(5), delta: random(21) - 10 };
    inventory[key] = applyEvent(inventory[key], event);
  }

  const byColor = {};
  for (const [key, product] of Object.entries(inventory)) {
    const { color, size } = product.tags;
    if (!byColor[color]) byColor[color] = { count: 0, value: 0, sizes: {} };
    const group = byColor[color];
    group.count++;
    group.value += product.price * product.stock;
    group.sizes[size] = (group.sizes[size] || 0) + 1;
    if (product.stock === 0) delete inventory[key];
  }

  let equal = 0;
  let changed = 0;
  for (const key in inventory) {
    const copy = deepCopy(inventory[key]);
    if (random(3) === 0) copy.supplier.rating++;
    if (deepEqual(copy, inventory[key])) equal++;
    else changed++;
  }

  const summary = Object.keys(byColor)
    .sort()
    .map((c) => `${c}=${byColor[c].count}/${byColor[c].value % 9973}/${byColor[c].sizes.s1}`);
  return `${equal}:${changed}:${summary.join(",")}`;
}

main();
