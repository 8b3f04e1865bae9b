// status: ok
// timeout: 20s
// value: ["object",{"x":1}]
// tools: echo
// why: properties of tools are overwritten, deleted, defined and frozen
try { tools.echo = () => 'forged'; } catch {}
try { delete tools.echo; } catch {}
try { Object.defineProperty(tools, 'echo', { value: () => 'forged' }); } catch {}
try { Object.setPrototypeOf(tools, { echo: () => 'forged' }); } catch {}
try { Object.freeze(tools); } catch {}
[typeof tools, await tools.echo({ x: 1 })];
