// peer-quickjs-wasi.mjs: QuickJS-ng as WebAssembly, one instance a context.
// The module is compiled once. Neither memory limit nor interrupt handler is
// set: both would only slow it down.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { guestTools } from "./guest-tools.mjs";

export async function load() {
  const { QuickJS } = await import("quickjs-wasi");
  const require = createRequire(import.meta.url);
  const wasm = await WebAssembly.compile(readFileSync(require.resolve("quickjs-wasi/quickjs.wasm")));

  async function open(tools) {
    const vm = await QuickJS.create({ wasm });
    if (tools) {
      const call = vm.newFunction("__call", (name, args) =>
        vm.newString(JSON.stringify(tools.call(name.toString(), JSON.parse(args.toString())))));
      vm.setProp(vm.global, "__call", call);
      call.dispose();
      vm.evalCode(guestTools(tools.names)).dispose();
    }
    return {
      run(source) {
        const result = vm.evalCode(source);
        vm.executePendingJobs();
        return result;
      },
      async value(result) {
        const settled = await vm.resolvePromise(result);
        if (settled.error) throw new Error(settled.error.toString());
        return vm.dump(settled.value);
      },
      close: () => vm.dispose(),
    };
  }

  async function fresh(source) {
    const vm = await QuickJS.create({ wasm });
    const number = vm.evalCode(source).consume((handle) => handle.toNumber());
    vm.dispose();
    return number;
  }

  return {
    name: "quickjs-wasi",
    version: require("quickjs-wasi/package.json").version,
    open,
    fresh: { "quickjs-wasi": fresh },
  };
}
