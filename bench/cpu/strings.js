// strings: text work. Word counts, CSV building and splitting, templates,
// padding, case changes, a slug maker, Levenshtein distance and base64.

const WORDS = ("the quick brown fox jumps over a lazy dog while seven wizards " +
  "quietly mix Jade potions and Zebra stripes under große Bäume near café").split(" ");

let seed = 7;
function random(n) {
  seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
  return (seed >>> 8) % n;
}

function hash(text) {
  let h = 5381;
  for (let i = 0; i < text.length; i++) h = (Math.imul(h, 33) ^ text.charCodeAt(i)) >>> 0;
  return h;
}

function makeText(count) {
  let text = "";
  for (let i = 0; i < count; i++) {
    text += WORDS[random(WORDS.length)];
    text += random(9) === 0 ? ". " : " ";
  }
  return text.trim();
}

function countWords(text) {
  const counts = {};
  for (const word of text.split(" ")) {
    const key = (word.endsWith(".") ? word.slice(0, -1) : word).toLowerCase();
    counts[key] = (counts[key] || 0) + 1;
  }
  return counts;
}

function slug(title) {
  let out = "";
  for (const ch of title.toLowerCase()) {
    if ((ch >= "a" && ch <= "z") || (ch >= "0" && ch <= "9")) out += ch;
    else if (!out.endsWith("-")) out += "-";
  }
  return out;
}

function distance(a, b) {
  let previous = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const cost = a[i - 1] === b[j - 1] ? 0 : 1;
      row[j] = Math.min(row[j - 1] + 1, previous[j] + 1, previous[j - 1] + cost);
    }
    previous = row;
  }
  return previous[b.length];
}

function base64(text) {
  const abc = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  let out = "";
  for (let i = 0; i < text.length; i += 3) {
    const a = text.charCodeAt(i) & 255;
    const b = text.charCodeAt(i + 1) & 255;
    const c = text.charCodeAt(i + 2) & 255;
    out += abc[a >> 2] + abc[((a & 3) << 4) | (b >> 4)];
    out += i + 1 < text.length ? abc[((b & 15) << 2) | (c >> 6)] : "=";
    out += i + 2 < text.length ? abc[c & 63] : "=";
  }
  return out;
}

function main() {
  const text = makeText(20000);
  const counts = countWords(text);

  const rows = ["word,count,share"];
  for (const word of Object.keys(counts).sort()) {
    rows.push(`${word.padEnd(12)},${String(counts[word]).padStart(6, "0")},${(counts[word] / 200).toFixed(2)}`);
  }
  const csv = rows.join("\n");
  const total = csv.split("\n").slice(1)
    .map((line) => Number(line.split(",")[1].trim()))
    .reduce((a, b) => a + b, 0);

  let slugs = 0;
  for (const sentence of text.split(". ")) {
    const title = sentence.charAt(0).toUpperCase() + sentence.slice(1);
    slugs = (slugs + hash(slug(title))) >>> 0;
  }

  let far = 0;
  for (let i = 0; i < 380; i++) {
    far += distance(WORDS[random(WORDS.length)] + i, WORDS[random(WORDS.length)] + "x");
  }

  const swapped = text.split("fox").join("cat").replace("dog", "wolf").indexOf("wolf");
  return `${total}:${slugs}:${far}:${swapped}:${hash(base64(text.slice(0, 36000)))}:${hash(csv)}`;
}

main();
