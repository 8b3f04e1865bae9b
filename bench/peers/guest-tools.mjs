// guest-tools.mjs: the `tools` object inside a QuickJS peer.
//
// The host provides one function __call(name, argsJson) -> resultJson. Sending
// JSON text over the border is what is fastest for both QuickJS libraries: one
// crossing for each call instead of one for each property.

export const guestTools = (names) => `{
  const call = __call;
  const { parse, stringify } = JSON;
  delete globalThis.__call;
  globalThis.tools = {};
  for (const name of ${JSON.stringify(names)}) {
    tools[name] = async (args) => parse(call(name, stringify(args)));
  }
}`;
