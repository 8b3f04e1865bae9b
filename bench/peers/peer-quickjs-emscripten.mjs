// peer-quickjs-emscripten.mjs: QuickJS as WebAssembly, the release-sync
// variant. One module; a new runtime and context each time. Neither memory
// limit nor interrupt handler is set: both would only slow it down.

import { createRequire } from "node:module";
import { guestTools } from "./guest-tools.mjs";

export async function load() {
  const { newQuickJSWASMModule, RELEASE_SYNC } = await import("quickjs-emscripten");
  const require = createRequire(import.meta.url);
  const quickjs = await newQuickJSWASMModule(RELEASE_SYNC);

  async function open(tools) {
    const runtime = quickjs.newRuntime();
    const vm = runtime.newContext();
    const handles = [];
    if (tools) {
      const call = vm.newFunction("__call", (name, args) =>
        vm.newString(JSON.stringify(tools.call(vm.getString(name), JSON.parse(vm.getString(args))))));
      vm.setProp(vm.global, "__call", call);
      call.dispose();
      vm.unwrapResult(vm.evalCode(guestTools(tools.names))).dispose();
    }
    return {
      run(source) {
        const result = vm.unwrapResult(vm.evalCode(source));
        handles.push(result);
        const jobs = runtime.executePendingJobs();
        if (jobs.error) throw new Error(JSON.stringify(jobs.error.consume(vm.dump)));
        return result;
      },
      async value(result) {
        const state = vm.getPromiseState(result); // not a promise: fulfilled with the value itself
        if (state.type === "pending") throw new Error("the promise stays pending");
        if (state.error) throw new Error(JSON.stringify(state.error.consume(vm.dump)));
        if (state.value !== result) handles.push(state.value);
        return vm.dump(state.value);
      },
      close() {
        handles.forEach((handle) => handle.alive && handle.dispose());
        vm.dispose();
        runtime.dispose();
      },
    };
  }

  async function fresh(source) {
    const runtime = quickjs.newRuntime();
    const vm = runtime.newContext();
    const number = vm.unwrapResult(vm.evalCode(source)).consume((handle) => vm.getNumber(handle));
    vm.dispose();
    runtime.dispose();
    return number;
  }

  return {
    name: "quickjs-emscripten",
    version: require("quickjs-emscripten/package.json").version,
    open,
    fresh: { "quickjs-emscripten": fresh },
  };
}
