// expect: {"romans": ["IV", "IX", "XIV", "XL", "MCMXC", "MMXXV", "MMMCMXCIX"], "round": true, "words": ["zero",
//   "thirteen", "forty-two", "one hundred", "two hundred and nineteen", "one million and one",
//   "minus seventy-six thousand five hundred and forty-three"]}
const NUMERALS = [
  [1000, 'M'], [900, 'CM'], [500, 'D'], [400, 'CD'], [100, 'C'], [90, 'XC'],
  [50, 'L'], [40, 'XL'], [10, 'X'], [9, 'IX'], [5, 'V'], [4, 'IV'], [1, 'I'],
] as const;

function toRoman(n: number): string {
  if (n < 1 || n > 3999 || n % 1) throw new RangeError(`no Roman numeral for ${n}`);
  let out = '';
  for (const [value, letters] of NUMERALS) {
    while (n >= value) {
      out += letters;
      n -= value;
    }
  }
  return out;
}

function fromRoman(text: string): number {
  const digit = Object.fromEntries(NUMERALS.filter(([, l]) => l.length === 1).map(([v, l]) => [l, v])) as Record<string, number>;
  return [...text].map((c) => digit[c]).reduce((sum, v, i, all) => sum + (v < (all[i + 1] ?? 0) ? -v : v), 0);
}

const ONES = 'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'.split(' ');
const TENS = ',,twenty,thirty,forty,fifty,sixty,seventy,eighty,ninety'.split(',');

function inWords(n: number): string {
  if (n < 0) return `minus ${inWords(-n)}`;
  if (n < 20) return ONES[n]!;
  if (n < 100) return TENS[Math.floor(n / 10)] + (n % 10 ? `-${ONES[n % 10]}` : '');
  for (const [size, name] of [[1e9, 'billion'], [1e6, 'million'], [1e3, 'thousand'], [100, 'hundred']] as [number, string][]) {
    if (n >= size) {
      const rest = n % size;
      return `${inWords(Math.floor(n / size))} ${name}${rest ? (rest < 100 ? ' and ' : ' ') + inWords(rest) : ''}`;
    }
  }
  throw new Error('unreachable');
}

const years = [4, 9, 14, 40, 1990, 2025, 3999];
const romans = years.map(toRoman);
return { romans, round: romans.map(fromRoman).every((n, i) => n === years[i]), words: [0, 13, 42, 100, 219, 1_000_001, -76_543].map(inWords) };
