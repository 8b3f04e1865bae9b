// regex: regular expressions. Parsing log lines, replacing with functions,
// a tokenizer, validation and template filling.

let seed = 99;
function random(n) {
  seed = (Math.imul(seed, 1103515245) + 12345) & 0x7fffffff;
  return (seed >> 4) % n;
}

const pad = (n) => String(n).padStart(2, "0");

function makeLog(count) {
  const levels = ["INFO", "WARN", "ERROR", "DEBUG"];
  const paths = ["/api/users", "/api/orders/17", "/static/app.js", "/login", "/api/items?page=2&size=50"];
  const lines = [];
  for (let i = 0; i < count; i++) {
    lines.push(
      `2024-${pad(1 + random(12))}-${pad(1 + random(28))}T${pad(random(24))}:${pad(random(60))}:${pad(random(60))}Z ` +
      `[${levels[random(4)]}] 10.0.${random(255)}.${random(255)} user${random(90)}@mail${random(5)}.example.com ` +
      `"GET ${paths[random(5)]} HTTP/1.1" ${random(3) === 0 ? 404 : 200} ${random(5000)}ms`);
  }
  return lines;
}

const LINE = /^(?<date>\d{4}-\d{2}-\d{2})T(?<time>[\d:]+)Z \[(?<level>[A-Z]+)\] (?<ip>\d{1,3}(?:\.\d{1,3}){3}) (?<mail>\S+@\S+) "(?<verb>GET|POST) (?<path>[^" ]+)[^"]*" (?<status>\d{3}) (?<ms>\d+)ms$/;

function parseLog(lines) {
  const stats = { slow: 0, errors: 0, pages: 0, hosts: {} };
  for (const line of lines) {
    const m = LINE.exec(line);
    if (!m) throw new Error("bad line: " + line);
    if (Number(m.groups.ms) > 4000) stats.slow++;
    if (m.groups.status === "404" || m.groups.level === "ERROR") stats.errors++;
    const page = m.groups.path.match(/[?&]page=(\d+)/);
    if (page) stats.pages += Number(page[1]);
    const host = m.groups.mail.replace(/^.*@/, "");
    stats.hosts[host] = (stats.hosts[host] || 0) + 1;
  }
  return stats;
}

function tokenize(source) {
  const token = /\s*(?:(\d+\.?\d*)|([A-Za-z_]\w*)|("(?:[^"\\]|\\.)*")|(=>|[=!<>]=|[-+*\/(){}\[\];,.=<>]))/y;
  const counts = [0, 0, 0, 0];
  let m;
  while ((m = token.exec(source)) !== null) {
    const kind = m.slice(1).findIndex((group) => group !== undefined);
    counts[kind]++;
  }
  return counts;
}

function fill(template, values) {
  return template.replace(/\{\{\s*(\w+)\s*\}\}/g, (_, key) => values[key] ?? "?");
}

function main() {
  const lines = makeLog(2200);
  const stats = parseLog(lines);

  const masked = lines.join("\n")
    .replace(/\b(\d{1,3}\.\d{1,3})\.\d{1,3}\.\d{1,3}\b/g, "$1.x.x")
    .replace(/user(\d+)@/g, (_, n) => `u${Number(n) * 2}@`);

  const source = 'function area(w, h) { const s = "w x \\"h\\""; return w * h >= 12.5 ? s : [w, h.len]; }\n';
  const tokens = tokenize(source.replace("?", ";").replace(":", ";").repeat(130));

  let valid = 0;
  const mail = /^[\w.+-]+@[a-z\d-]+(?:\.[a-z\d-]+)*\.[a-z]{2,}$/i;
  for (let i = 0; i < 3200; i++) {
    if (mail.test(`name.${i}${i % 3 ? "@" : ""}host-${i % 7}.example.${i % 5 ? "org" : "x"}`)) valid++;
  }

  let filled = 0;
  for (let i = 0; i < 1000; i++) {
    filled += fill("Dear {{ name }}, order {{id}} of {{ date }} costs {{total}} {{nope}}.",
      { name: "N" + i, id: i, date: "2024-01-0" + (i % 9), total: i * 3 }).length;
  }

  const years = [...masked.matchAll(/(\d{4})-(0[1-6])/g)].length;
  const words = masked.split(/[\s"\[\]]+/).length;
  return [stats.slow, stats.errors, stats.pages, Object.keys(stats.hosts).length,
    masked.length, tokens.join("/"), valid, filled, years, words].join(":");
}

main();
