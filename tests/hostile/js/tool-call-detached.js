// status: ok
// timeout: 20s
// value: [1,2,3]
// tools: echo
// why: tools work without their object, as callbacks, and bound
const { echo } = tools;
const all = await Promise.all([echo(1), Reflect.apply(echo, null, [2]), echo.bind(globalThis)(3)]);
all;
