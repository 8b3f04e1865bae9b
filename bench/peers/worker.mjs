// worker.mjs: runs one task on one peer and prints JSON lines; see peers.mjs.
//
//   node worker.mjs PEER cpu|fresh|scripts

import assert from "node:assert";
import { readdirSync, readFileSync } from "node:fs";
import { basename } from "node:path";

const [peerName, task] = process.argv.slice(2);
const bench = new URL("../", import.meta.url);
const runs = (variable, otherwise) => Math.max(1, Number(process.env[variable]) || otherwise);
const emit = (line) => process.stdout.write(JSON.stringify(line) + "\n");
const now = () => Number(process.hrtime.bigint()) / 1000;

// Repeats a short task for some seconds before it is measured, so that the
// host's compilers are done with their work.
async function warmUp(once) {
  const end = now() + 1e6 * (Number(process.env.BENCH_WARMUP) || 2);
  while (now() < end) await once();
}

function programs(directory) {
  const folder = new URL(directory + "/", bench);
  return readdirSync(folder)
    .filter((file) => file.endsWith(".js"))
    .sort()
    .map((file) => ({ name: basename(file, ".js"), source: readFileSync(new URL(file, folder), "utf8") }));
}

// Percentiles are nearest-rank.
function summary(samples) {
  const sorted = [...samples].sort((a, b) => a - b);
  const rank = (p) => sorted[Math.max(0, Math.ceil((p / 100) * sorted.length) - 1)];
  const round = (us) => Math.round(us * 10) / 10;
  return {
    unit: "us", median: round(rank(50)), p99: round(rank(99)),
    min: round(sorted[0]), max: round(sorted[sorted.length - 1]), n: sorted.length,
  };
}

// cpu: a new context for each run; the time is that of the evaluation and of
// the jobs it queues. Two runs before, not counted, let the host compile.
async function cpu(peer) {
  for (const { name, source } of programs("cpu")) {
    const samples = [];
    let value;
    for (let i = -2; i < runs("BENCH_RUNS", 5); i++) {
      const context = await peer.open();
      const start = now();
      const result = context.run(source);
      const time = now() - start;
      const text = String(await context.value(result));
      context.close();
      assert.strictEqual(text, value ?? text, `cpu/${name} is not deterministic`);
      value = text;
      if (i >= 0) samples.push(time);
    }
    emit({ bench: "cpu/" + name, peer: peer.name, version: peer.version, ...summary(samples), value });
  }
}

// fresh: new context, evaluate 1+2, read the number, dispose of it all.
async function fresh(peer) {
  for (const [name, once] of Object.entries(peer.fresh)) {
    const samples = [];
    await warmUp(() => once("1+2"));
    for (let i = 0; i < runs("BENCH_FRESH_RUNS", 500); i++) {
      const start = now();
      const value = await once("1+2");
      samples.push(now() - start);
      assert.strictEqual(value, 3);
    }
    emit({ bench: "fresh/eval", peer: name, version: peer.version, ...summary(samples) });
  }
}

// scripts: the whole of it is timed: new context, tools, evaluation with all
// tool calls, reading the result, disposal.
async function scripts(peer) {
  const read = (file) => JSON.parse(readFileSync(new URL("scripts/" + file, bench), "utf8"));
  const data = read("tools.json");
  const expected = read("expected.json");
  const tools = {
    names: Object.keys(data),
    call(name, args) {
      const tool = data[name];
      return tool.key ? tool.results[args[tool.key]] ?? null : tool.result;
    },
  };
  const list = programs("scripts");
  async function once({ name, source }) {
    const start = now();
    const context = await peer.open(tools);
    const value = await context.value(context.run(source));
    context.close();
    const time = now() - start;
    assert.deepStrictEqual(value, expected[name], `scripts/${name}: wrong result`);
    return time;
  }
  await warmUp(async () => {
    for (const script of list) await once(script);
  });
  const samples = new Map(list.map(({ name }) => [name, []]));
  const sums = [];
  for (let i = 0; i < runs("BENCH_SCRIPT_RUNS", 30); i++) {
    let sum = 0;
    for (const script of list) {
      const time = await once(script);
      samples.get(script.name).push(time);
      sum += time;
    }
    sums.push(sum);
  }
  const line = { peer: peer.name, version: peer.version };
  for (const [name, times] of samples) emit({ bench: "scripts/" + name, ...line, ...summary(times) });
  emit({ bench: "scripts/all", ...line, ...summary(sums) });
}

let peer;
try {
  const { load } = await import(`./peer-${peerName}.mjs`);
  peer = await load();
} catch (error) {
  emit({ peer: peerName, skipped: String(error.message).split("\n")[0].replace(/ imported from .*/, "") });
}
if (peer) {
  try {
    await { cpu, fresh, scripts }[task](peer);
  } catch (error) {
    emit({ peer: peerName, error: `${task}: ${error.message}` });
    process.exitCode = 1;
  }
}
