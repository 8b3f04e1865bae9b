// expect: {"months": ["2024-02-29", "2025-01-31", "2025-02-28", "2023-02-28"], "weeks": ["2025-W01", "2020-W53",
//   "2020-W53"], "workdays": 20, "easter": ["2024-03-31", "2025-04-20", "2038-04-25"], "difference": 29}
type ISODate = `${number}-${number}-${number}`;
const DAY = 86_400_000;

const utc = (iso: ISODate): Date => new Date(`${iso}T00:00:00Z`);
const iso = (date: Date): string => date.toISOString().slice(0, 10);

function addMonths(date: Date, months: number): Date {
  const result = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + months, 1));
  const last = new Date(Date.UTC(result.getUTCFullYear(), result.getUTCMonth() + 1, 0)).getUTCDate();
  result.setUTCDate(Math.min(date.getUTCDate(), last));
  return result;
}

function isoWeek(date: Date): string {
  const thursday = new Date(date.getTime());
  thursday.setUTCDate(date.getUTCDate() + 4 - (date.getUTCDay() || 7));
  const start = Date.UTC(thursday.getUTCFullYear(), 0, 1);
  const week = Math.ceil(((+thursday - start) / DAY + 1) / 7);
  return `${thursday.getUTCFullYear()}-W${String(week).padStart(2, '0')}`;
}

function workdays(from: Date, to: Date, holidays: ReadonlySet<string> = new Set()): number {
  let n = 0;
  for (let t = +from; t < +to; t += DAY) {
    const day = new Date(t);
    if (day.getUTCDay() % 6 !== 0 && !holidays.has(iso(day))) n++;
  }
  return n;
}

function easter(year: number): Date {
  const a = year % 19, b = Math.floor(year / 100), c = year % 100;
  const d = (19 * a + b - Math.floor(b / 4) - Math.floor((b - Math.floor((b + 8) / 25) + 1) / 3) + 15) % 30;
  const e = (32 + 2 * (b % 4) + 2 * Math.floor(c / 4) - d - (c % 4)) % 7;
  const f = d + e - 7 * Math.floor((a + 11 * d + 22 * e) / 451) + 114;
  return new Date(Date.UTC(year, Math.floor(f / 31) - 1, (f % 31) + 1));
}

return {
  months: ([1, 12, 13, -11] as const).map((n) => iso(addMonths(utc('2024-01-31'), n))),
  weeks: (['2024-12-30', '2021-01-03', '2020-12-31'] as ISODate[]).map((d) => isoWeek(utc(d))),
  workdays: workdays(utc('2025-04-01'), utc('2025-05-01'), new Set(['2025-04-18', '2025-04-21'])),
  easter: [2024, 2025, 2038].map((y) => iso(easter(y))),
  difference: Math.round((+utc('2024-03-01') - +utc('2024-02-01')) / DAY),
};
