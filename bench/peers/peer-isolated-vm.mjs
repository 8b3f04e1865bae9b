// peer-isolated-vm.mjs: V8 isolates in Node, with V8's compilers (JIT).
//
// One isolate, a new context each time; `fresh` also measures a new isolate.
// Of the library's ways to bridge tools the fastest is taken: a synchronous
// ivm.Callback that copies arguments and results. It needs no change of thread
// and is possible because the tools answer at once. (Reference.apply and
// applySyncPromise, for tools that answer later, are about a third slower.)

import { createRequire } from "node:module";

const GUEST_TOOLS = `
  globalThis.tools = {};
  for (const name of $1) tools[name] = async (args) => $0(name, args);
`;

export async function load() {
  const require = createRequire(import.meta.url);
  const ivm = require("isolated-vm");
  const isolate = new ivm.Isolate();

  async function open(tools) {
    const context = isolate.createContextSync();
    if (tools) {
      const call = new ivm.Callback((name, args) => tools.call(name, args));
      context.evalClosureSync(GUEST_TOOLS, [call, tools.names], { arguments: { copy: true } });
    }
    return {
      // Runs the microtasks too; gives a promise for the copied result.
      run: (source) => context.evalSync(source, { promise: true, copy: true }),
      value: async (result) => result,
      close: () => context.release(),
    };
  }

  async function freshContext(source) {
    const context = isolate.createContextSync();
    const number = context.evalSync(source);
    context.release();
    return number;
  }

  async function freshIsolate(source) {
    const own = new ivm.Isolate();
    const number = own.createContextSync().evalSync(source);
    own.dispose();
    return number;
  }

  return {
    name: "isolated-vm",
    version: require("isolated-vm/package.json").version,
    open,
    fresh: { "isolated-vm": freshIsolate, "isolated-vm/context": freshContext },
  };
}
