// expect: {"package.json": "7bd460dbcee33fc8", "poem.txt": "818d32884dada969", "empty": "e3b0c44298fc1c14"}
// tools: read_file
const hex = (buffer) => [...new Uint8Array(buffer)].map((b) => b.toString(16).padStart(2, '0')).join('');

async function sha256(text) {
  return hex(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text)));
}

const paths = ['package.json', 'poem.txt'];
const sums = {};
for (const path of paths) {
  sums[path] = (await sha256(await tools.read_file({ path }))).slice(0, 16);
}
sums.empty = (await sha256('')).slice(0, 16);
return sums;
