// peers.mjs: measures the peers (other sandboxes) on the benchmarks.
//
//   node peers.mjs cpu|fresh|scripts|all [--json]
//
// Every peer runs in a process of its own (worker.mjs), one after the other,
// so that heap, compiled code and garbage of one do not weigh on the next.
// Results go to stdout, one JSON object a line with --json or into a file or
// pipe, short text on a terminal. A peer that cannot be loaded gives one line
// {"peer", "skipped"} and is no failure; a wrong result or a crash is one.
//
// Environment: BENCH_RUNS (cpu, 5), BENCH_FRESH_RUNS (500),
// BENCH_SCRIPT_RUNS (30), BENCH_WARMUP (seconds before fresh and scripts, 2),
// BENCH_PEERS (comma separated; all).

import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

const PEERS = (process.env.BENCH_PEERS || "quickjs-wasi,quickjs-emscripten,isolated-vm").split(",");
const TASKS = ["cpu", "fresh", "scripts"];
const WORKER = fileURLToPath(new URL("worker.mjs", import.meta.url));

// The peers made of WebAssembly get all of it from V8's optimizing compiler at
// the start. Without the flags the first seconds would measure its baseline
// code. isolated-vm requires its flag from Node 20 on.
const nodeFlags = (peer) => (peer === "isolated-vm"
  ? ["--no-node-snapshot"]
  : ["--no-liftoff", "--no-wasm-lazy-compilation"]);

const args = process.argv.slice(2);
const task = args.find((arg) => !arg.startsWith("--"));
const json = args.includes("--json") || !process.stdout.isTTY;
const tasks = task === "all" ? TASKS : TASKS.filter((name) => name === task);
if (tasks.length === 0) {
  console.error("usage: node peers.mjs cpu|fresh|scripts|all [--json]");
  process.exit(2);
}

let failed = false;
const skipped = new Set();
const checksums = new Map(); // bench -> [peer, value]

function fail(message) {
  console.error("error: " + message);
  failed = true;
}

function print(line) {
  if (json) console.log(JSON.stringify(line));
  else if (line.skipped) console.log(`${line.peer}: skipped: ${line.skipped}`);
  else {
    const [median, p99] = [line.median, line.p99].map((us) => (us / 1000).toFixed(3).padStart(10));
    console.log(`${line.bench.padEnd(16)} ${line.peer.padEnd(22)} ${median} ms  p99 ${p99} ms  n ${line.n}`);
  }
}

function accept({ value, ...line }) {
  if (line.skipped) skipped.add(line.peer);
  if (line.error) return fail(`${line.peer}: ${line.error}`);
  if (value !== undefined) {
    const [peer, known] = checksums.get(line.bench) || [];
    if (known === undefined) checksums.set(line.bench, [line.peer, value]);
    else if (known !== value) {
      fail(`${line.bench}: checksum ${value} on ${line.peer}, ${known} on ${peer}`);
    }
  }
  print(json ? { ...line, value } : line);
}

async function measure(peer, name) {
  const child = spawn(process.execPath, [...nodeFlags(peer), WORKER, peer, name],
    { stdio: ["ignore", "pipe", "inherit"] });
  const exit = new Promise((resolve) => child.on("close", (code, signal) => resolve(signal || code)));
  for await (const text of createInterface({ input: child.stdout })) accept(JSON.parse(text));
  const status = await exit;
  if (status !== 0) fail(`${peer}: ${name} ended with ${status}`);
}

for (const name of tasks) {
  for (const peer of PEERS) {
    if (!skipped.has(peer)) await measure(peer, name);
  }
}
process.exit(failed ? 1 : 0);
