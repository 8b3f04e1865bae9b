// ---- toLocaleString and its kin for numbers and dates, as en-US has them, whatever locale is asked for: the engine has no
// Intl, and scripts that print a report use them all the same. The time zone is UTC.
{
const upperCase = uncurry(String.prototype.toUpperCase), toObject = Object;
const padStart = uncurry(String.prototype.padStart);
const BigIntOf = BigInt, NativeRange = RangeError, NumberValue = uncurry(Number.prototype.valueOf);
const bigintLocale = uncurry(BigInt.prototype.toString);
const dateParts = {__proto__: null};
for (const part of ['FullYear', 'Month', 'Date', 'Day', 'Hours', 'Minutes', 'Seconds'])
  dateParts[part] = uncurry(Date.prototype['getUTC' + part]);

const symbols = {__proto__: null, USD: '$', EUR: '€', GBP: '£', JPY: '¥', INR: '₹', CNY: 'CN¥', KRW: '₩', CAD: 'CA$', AUD: 'A$',
  NZD: 'NZ$', MXN: 'MX$', BRL: 'R$', ILS: '₪', VND: '₫', TWD: 'NT$', HKD: 'HK$', PHP: '₱'};
const wholeCurrencies = {__proto__: null, JPY: true, KRW: true, VND: true, CLP: true, ISK: true};

function option(options, key, allowed) {
  const v = options[key];
  if (v === undefined) return undefined;
  const given = NativeString(v);
  for (let i = 0; i < allowed.length; i++) if (allowed[i] === given) return given;
  throw new NativeRange('Value ' + given + ' out of range for options property ' + key);
}

function digits(options, key, low, high, fallback) {
  const v = options[key];
  if (v === undefined) return fallback;
  const n = NativeNumber(v);
  if (!(n >= low && n <= high)) throw new NativeRange(key + ' value is out of range.');
  return floor(n);
}

function grouped(whole) {
  let out = '';
  for (let end = whole.length; end > 0; end -= 3) out = slice(whole, end > 3 ? end - 3 : 0, end) + (out === '' ? '' : ',' + out);
  return out;
}

// Whole part and fraction of a number that is not negative, times 10 ** shift, rounded half up from its shortest digits, as
// ICU does: 1.005 is 1.01 with two places.
function decimal(x, shift, least, most, significant) {
  const given = NativeString(x), e = indexOf(given, 'e'), mantissa = e < 0 ? given : slice(given, 0, e);
  const dot = indexOf(mantissa, '.');
  let all = dot < 0 ? mantissa : slice(mantissa, 0, dot) + slice(mantissa, dot + 1);
  let point = (dot < 0 ? mantissa.length : dot) + (e < 0 ? 0 : NativeNumber(slice(given, e + 1))) + shift;
  for (; all.length > 1 && all[0] === '0'; point--) all = slice(all, 1);
  if (all === '0') point = 1;
  const keep = significant === undefined ? point + most : significant;
  if (keep < all.length) {
    const up = keep >= 0 && all[keep] >= '5', before = keep > 0 ? slice(all, 0, keep) : '';
    all = up ? NativeString(BigIntOf(before) + 1n) : before;
    if (up && all.length > before.length) point++;
  }
  if (point < 0 && all !== '') all = repeat('0', -point) + all;
  if (point <= 0) point = 0;
  const whole = point === 0 ? '' : all.length < point ? all + repeat('0', point - all.length) : slice(all, 0, point);
  const fraction = slice(all, point);
  let end = fraction.length;
  while (end > least && fraction[end - 1] === '0') end--;
  return [whole === '' ? '0' : whole, slice(fraction, 0, end) + (end < least ? repeat('0', least - end) : '')];
}

function localeNumber(value, options) {
  const style = option(options, 'style', ['decimal', 'percent', 'currency']) ?? 'decimal';
  const currency = style === 'currency' ? options.currency : undefined;
  if (style === 'currency' && currency === undefined) throw new NativeTypeError('Currency code is required with currency style.');
  const code = currency === undefined ? '' : upperCase(NativeString(currency));
  const usual = style === 'currency' ? (wholeCurrencies[code] ? 0 : 2) : 0;
  const least = digits(options, 'minimumFractionDigits', 0, 100, undefined), most = digits(options, 'maximumFractionDigits', 0, 100, undefined);
  const floorDigits = least ?? (most === undefined || most > usual ? usual : most);
  const ceiling = most ?? (style === 'decimal' ? (floorDigits > 3 ? floorDigits : 3) : floorDigits > usual ? floorDigits : usual);
  if (floorDigits > ceiling) throw new NativeRange('maximumFractionDigits value is out of range.');
  const significant = digits(options, 'maximumSignificantDigits', 1, 21, undefined);
  const negative = value < 0 || is(value, -0);
  let text;
  if (typeof value === 'bigint') {
    const whole = bigintLocale(negative ? -value : value);
    text = (options.useGrouping === false ? whole : grouped(whole)) + (floorDigits > 0 ? '.' + repeat('0', floorDigits) : '');
  } else if (value !== value) text = 'NaN';
  else if (!isFinite(value)) text = '∞';
  else {
    const x = negative ? -value : value;
    const parts = decimal(x, style === 'percent' ? 2 : 0, significant === undefined ? floorDigits : 0, ceiling, significant);
    const whole = padStart(parts[0], digits(options, 'minimumIntegerDigits', 1, 21, 1), '0');
    text = (options.useGrouping === false ? whole : grouped(whole)) + (parts[1] === '' ? '' : '.' + parts[1]);
  }
  if (style === 'percent') text += '%';
  if (style === 'currency') text = (symbols[code] ?? code + '\u00a0') + text;
  return negative ? '-' + text : text;
}

const months = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'];
const weekdays = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
const NUMERIC = ['numeric', '2-digit'], NAMED = ['numeric', '2-digit', 'long', 'short', 'narrow'], NAMES = ['long', 'short', 'narrow'];
const two = (n) => padStart(NativeString(n), 2, '0');
const named = (name, how) => how === 'long' ? name : slice(name, 0, how === 'short' ? 3 : 1);

function localeDay(date, o) {
  const year = dateParts.FullYear(date), day = dateParts.Date(date), month = dateParts.Month(date);
  const y = o.year === undefined ? '' : o.year === '2-digit' ? two(year % 100) : NativeString(year);
  const d = o.day === undefined ? '' : o.day === '2-digit' ? two(day) : NativeString(day);
  const w = o.weekday === undefined ? '' : named(weekdays[dateParts.Day(date)], o.weekday);
  let out;
  if (o.month === undefined || o.month === 'numeric' || o.month === '2-digit') {
    const m = o.month === undefined ? '' : o.month === '2-digit' ? two(month + 1) : NativeString(month + 1);
    out = m + (m !== '' && d !== '' ? '/' : '') + d + ((m !== '' || d !== '') && y !== '' ? '/' : '') + y;
  } else {
    out = named(months[month], o.month) + (d === '' ? '' : ' ' + d);
    if (y !== '') out += (d === '' ? ' ' : ', ') + y;
  }
  if (w === '') return out;
  if (out === '') return w;
  return o.month === undefined && o.year === undefined ? d + ' ' + w : w + ', ' + out;
}

function localeTime(date, o) {
  const hours = dateParts.Hours(date), half = o.hour12;
  const shown = half ? (hours % 12 === 0 ? 12 : hours % 12) : hours;
  let out = '';
  if (o.hour !== undefined) out = o.hour === '2-digit' || !half ? two(shown) : NativeString(shown);
  if (o.minute !== undefined) {
    const minutes = dateParts.Minutes(date);
    out += out === '' ? (o.second !== undefined ? two(minutes) : NativeString(minutes)) : ':' + two(minutes);
  }
  if (o.second !== undefined) {
    const seconds = dateParts.Seconds(date);
    out += out === '' ? NativeString(seconds) : ':' + two(seconds);
  }
  if (o.hour !== undefined && half) out += '\u202f' + (hours < 12 ? 'AM' : 'PM');
  return out;
}

// `wants` says what is shown when no option asks for anything: the date, the time, or both.
function localeDate(date, given, wantsDate, wantsTime) {
  const value = dateValue(date);
  if (value !== value) return 'Invalid Date';
  const options = given === undefined ? {__proto__: null} : given;
  const zone = options.timeZone;
  if (zone !== undefined && zone !== 'UTC' && zone !== 'GMT' && zone !== 'Etc/UTC')
    throw new NativeRange('Time zone ' + NativeString(zone) + ' is not available: a cell knows UTC alone');
  const o = {__proto__: null, weekday: option(options, 'weekday', NAMES), year: option(options, 'year', NUMERIC),
    month: option(options, 'month', NAMED), day: option(options, 'day', NUMERIC), hour: option(options, 'hour', NUMERIC),
    minute: option(options, 'minute', NUMERIC), second: option(options, 'second', NUMERIC),
    hour12: options.hour12 === undefined ? options.hourCycle === undefined || options.hourCycle === 'h12' : !!options.hour12};
  const dateStyle = option(options, 'dateStyle', ['full', 'long', 'medium', 'short']);
  const timeStyle = option(options, 'timeStyle', ['full', 'long', 'medium', 'short']);
  if (dateStyle !== undefined) {
    o.weekday = dateStyle === 'full' ? 'long' : undefined;
    o.month = dateStyle === 'short' ? 'numeric' : dateStyle === 'medium' ? 'short' : 'long';
    o.day = 'numeric';
    o.year = dateStyle === 'short' ? '2-digit' : 'numeric';
  }
  if (timeStyle !== undefined) {
    o.hour = 'numeric';
    o.minute = '2-digit';
    o.second = timeStyle === 'short' ? undefined : '2-digit';
  }
  const asksDate = o.weekday !== undefined || o.year !== undefined || o.month !== undefined || o.day !== undefined;
  const asksTime = o.hour !== undefined || o.minute !== undefined || o.second !== undefined;
  const nothing = dateStyle === undefined && timeStyle === undefined && !(wantsDate && asksDate) && !(wantsTime && asksTime);
  if (nothing && wantsDate) o.year = o.month = o.day = 'numeric';
  if (nothing && wantsTime) o.hour = o.minute = o.second = 'numeric';
  const day = localeDay(date, o);
  let time = localeTime(date, o);
  if (timeStyle === 'full' || timeStyle === 'long') time += timeStyle === 'full' ? ' Coordinated Universal Time' : ' UTC';
  if (day === '' || time === '') return day + time;
  return day + (o.month === 'long' ? ' at ' : ', ') + time;
}

const optionsOf = (options) => options === undefined || options === null ? {__proto__: null} : toObject(options);
put(Number.prototype, 'toLocaleString', {toLocaleString(locales, options) {
  return localeNumber(NumberValue(this), optionsOf(options));
}}.toLocaleString);
put(BigInt.prototype, 'toLocaleString', {toLocaleString(locales, options) {
  return localeNumber(bigintPrimitive(this), optionsOf(options));
}}.toLocaleString);
const bigintPrimitive = uncurry(BigInt.prototype.valueOf);
put(Date.prototype, 'toLocaleString', {toLocaleString(locales, options) { return localeDate(this, options, true, true); }}.toLocaleString);
put(Date.prototype, 'toLocaleDateString', {toLocaleDateString(locales, options) { return localeDate(this, options, true, false); }}.toLocaleDateString);
put(Date.prototype, 'toLocaleTimeString', {toLocaleTimeString(locales, options) { return localeDate(this, options, false, true); }}.toLocaleTimeString);
}
