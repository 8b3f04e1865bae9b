// expect: {"facing": "Up", "back": "Down", "keys": ["Up", "Right", "Down", "Left"], "flags": ["Read", "Execute"],
//   "all": 7, "mimes": [".json", ".html"], "sizes": [10, 11, 22]}
enum Direction {
  Up,
  Right,
  Down,
  Left,
}
enum Flag {
  None = 0,
  Read = 1 << 0,
  Write = 1 << 1,
  Execute = 1 << 2,
  All = Read | Write | Execute,
}
enum Mime {
  Json = 'application/json',
  Html = 'text/html',
}
const enum Size {
  Small = 10,
  Medium,
  Large = Medium * 2,
}

const turn = (d: Direction, quarter = 1): Direction => (d + quarter) % 4;
const names = (flags: Flag): string[] =>
  [Flag.Read, Flag.Write, Flag.Execute].filter((f) => (flags & f) !== 0).map((f) => Flag[f]);

function extension(mime: Mime): string {
  switch (mime) {
    case Mime.Json:
      return '.json';
    case Mime.Html:
      return '.html';
  }
}

const keys = Object.keys(Direction).filter((k) => Number.isNaN(Number(k)));
return {
  facing: Direction[turn(Direction.Left)],
  back: Direction[turn(Direction.Up, 2)],
  keys,
  flags: names(Flag.All & ~Flag.Write),
  all: Flag.All,
  mimes: Object.values(Mime).map(extension),
  sizes: [Size.Small, Size.Medium, Size.Large],
};
