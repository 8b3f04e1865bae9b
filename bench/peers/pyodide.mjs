// Runs a Python program from stdin in Pyodide: node pyodide.mjs PACKAGE_FOLDER. With BOOT=1 the program is not read, and
// the time from the start of this script to the first `print(1+1)` is printed in seconds.
import { readFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";

const started = performance.now();
const folder = path.resolve(process.argv[2]);
const { loadPyodide } = await import(pathToFileURL(path.join(folder, "pyodide.mjs")).href);
const write = (text) => process.stdout.write(text + "\n");
if (process.env.BOOT) {
  const python = await loadPyodide({ indexURL: folder, stdout() {} });
  python.runPython("print(1+1)");
  write(String((performance.now() - started) / 1e3));
} else {
  const python = await loadPyodide({ indexURL: folder, stdout: write });
  const text = readFileSync(0, "utf8");
  python.runPython(text);
}
