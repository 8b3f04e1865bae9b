// The peer of bench/world.py: quickjs-wasi with its side modules, in Node. usage: world.mjs PACKAGE_DIR CASES.js SAMPLES
// Prints one JSON object: the version, and for each case its samples in microseconds and its result.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const [folder, file, samples] = process.argv.slice(2);
const { QuickJS } = await import(pathToFileURL(join(folder, "dist/index.js")).href);
const names = ["url", "encoding", "headers", "crypto", "structured-clone"];
const extensions = names.map((name) => ({ name, wasm: readFileSync(join(folder, "extensions", name, name + ".so")) }));
const vm = await QuickJS.create({ wasm: readFileSync(join(folder, "quickjs.wasm")), extensions });
const value = (source) => vm.evalCode(source).consume((handle) => vm.dump(handle));

value(readFileSync(file, "utf8") + "\n0");
const out = { version: JSON.parse(readFileSync(join(folder, "package.json"), "utf8")).version, cases: {} };
for (const name of value("caseNames")) {
  const n = value(`cases["${name}"][0]`), source = `runCase("${name}", ${n})`;
  const until = performance.now() + 300; // V8 compiles again what is hot
  do value(source);
  while (performance.now() < until);
  await new Promise((resolve) => setTimeout(resolve, 20));
  const times = [];
  let result;
  for (let i = 0; i < Number(samples); i++) {
    const start = process.hrtime.bigint();
    result = value(source);
    times.push(Number(process.hrtime.bigint() - start) / 1e3 / n);
  }
  out.cases[name] = { times, result };
}
console.log(JSON.stringify(out));
