// expect: {"A3": 30, "A4": 57.5, "B1": 60, "B2": 22.5, "B3": "#CYCLE", "B4": "#CYCLE", "B5": "#DIV/0", "B6": "#NAME",
//   "C2": "text!"}
const sheet = {
  A1: '10', A2: '20', A3: '=A1+A2', A4: '=A3*2-A1/4',
  B1: '=SUM(A1:A3)', B2: '=AVG(A1:A2)*(1+0.5)', B3: '=B4', B4: '=B3', B5: '=1/0', B6: '=NOPE(1)', C1: 'text', C2: '=C1&"!"',
};

const cache = new Map();
const busy = new Set();

function cell(name) {
  if (cache.has(name)) return cache.get(name);
  if (busy.has(name)) throw new Error('#CYCLE');
  busy.add(name);
  let value;
  try {
    const raw = sheet[name] ?? '';
    value = raw.startsWith('=') ? evaluate(raw.slice(1)) : raw !== '' && !isNaN(raw) ? Number(raw) : raw;
  } catch (e) {
    value = { error: e.message };
  } finally {
    busy.delete(name);
  }
  cache.set(name, value);
  return value;
}

function range(from, to) {
  const out = [];
  for (let c = from.charCodeAt(0); c <= to.charCodeAt(0); c++) {
    for (let r = +from.slice(1); r <= +to.slice(1); r++) out.push(cell(String.fromCharCode(c) + r));
  }
  return out;
}

function evaluate(text) {
  const tokens = text.match(/"[^"]*"|[A-Z]\d+:[A-Z]\d+|[A-Z]\d+|[A-Z]+|\d+(?:\.\d+)?|[-+*\/&()]/g);
  let i = 0;
  const functions = { SUM: (xs) => xs.reduce((a, b) => a + b, 0), AVG: (xs) => xs.reduce((a, b) => a + b, 0) / xs.length };
  const value = (v) => {
    if (v?.error) throw new Error(v.error);
    return v;
  };
  function primary() {
    const t = tokens[i++];
    if (t === '(') {
      const v = sum();
      i++;
      return v;
    }
    if (t[0] === '"') return t.slice(1, -1);
    if (/^[A-Z]\d+$/.test(t)) return value(cell(t));
    if (/^[A-Z]+$/.test(t)) {
      if (!functions[t]) throw new Error('#NAME');
      i++;
      const [from, to] = tokens[i++].split(':');
      i++;
      return functions[t](range(from, to).map(value));
    }
    return Number(t);
  }
  function term() {
    let v = primary();
    while (tokens[i] === '*' || tokens[i] === '/') {
      if (tokens[i++] === '*') v *= primary();
      else {
        const d = primary();
        if (d === 0) throw new Error('#DIV/0');
        v /= d;
      }
    }
    return v;
  }
  function sum() {
    let v = term();
    while ('+-&'.includes(tokens[i] ?? ' ')) {
      const op = tokens[i++];
      const r = term();
      v = op === '+' ? v + r : op === '-' ? v - r : `${v}${r}`;
    }
    return v;
  }
  return sum();
}

Object.fromEntries(Object.keys(sheet).filter((k) => sheet[k].startsWith('=')).map((k) => [k, cell(k)?.error ?? cell(k)]));
