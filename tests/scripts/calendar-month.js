// expect: {"leap": [2000, 2024], "fridays": {"2025": [6], "2026": [2, 3, 11]}}
// output: ["   February 2024\nMo Tu We Th Fr Sa Su\n          1  2  3  4\n 5  6  7  8  9 10 11\n12 13 14 15 16 17 18\n19 20 21 22 23 24 25\n26 27 28 29"]
function calendar(year, month) {
  const first = new Date(Date.UTC(year, month - 1, 1));
  const days = new Date(Date.UTC(year, month, 0)).getUTCDate();
  const offset = (first.getUTCDay() + 6) % 7;
  const cells = [...Array(offset).fill('  '), ...Array.from({ length: days }, (_, i) => String(i + 1).padStart(2))];
  const weeks = [];
  while (cells.length) weeks.push(cells.splice(0, 7).join(' '));
  const names = 'January February March April May June July August September October November December'.split(' ');
  const heading = `${names[month - 1]} ${year}`;
  return [heading.padStart(Math.floor((20 + heading.length) / 2)), 'Mo Tu We Th Fr Sa Su', ...weeks].join('\n');
}

const leap = (y) => (y % 4 === 0 && y % 100 !== 0) || y % 400 === 0;
const fridays13 = (year) =>
  Array.from({ length: 12 }, (_, m) => m + 1).filter((m) => new Date(Date.UTC(year, m - 1, 13)).getUTCDay() === 5);

console.log(calendar(2024, 2));
({ leap: [1900, 2000, 2023, 2024].filter(leap), fridays: { 2025: fridays13(2025), 2026: fridays13(2026) } })
