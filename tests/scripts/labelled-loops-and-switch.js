// expect: [{"x": 1, "y": 0, "steps": [2, 1]}, ["nothing", "list of 2", "object", "string", "number"], ["sloppy", 2, 0,
//   "undefined"], 3, "fallback"]
var grid = [[3, 8, 1], [9, 4, 7], [2, 6, 5]];
var found = null;

search:
for (var y = 0; y < grid.length; y++) {
  for (var x = 0; x < grid[y].length; x++) {
    if (grid[y][x] % 2) continue;
    if (grid[y][x] > 5) {
      if (found) break search;
      found = { x: x, y: y, steps: [] };
      continue search;
    }
  }
}

function classify(value) {
  switch (true) {
    case value === null:
    case value === undefined:
      return 'nothing';
    case Array.isArray(value):
      return 'list of ' + value.length;
    case typeof value === 'object':
      return 'object';
    default:
      return typeof value;
  }
}

function legacy() {
  var self = this === undefined ? 'strict' : 'sloppy';
  return [self, arguments.length, legacy.length, typeof hoisted];
  var hoisted = 1;
}

do {
  found.steps.push(y--);
} while (y > 0);

with_comma = (1, 2, 3);
[found, [null, [1, 2], {}, 'x', 5].map(classify), legacy(1, 2), with_comma, void 0 ?? 'fallback']
