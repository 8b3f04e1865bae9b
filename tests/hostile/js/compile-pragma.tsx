// status: ok
// timeout: 20s
// value: ["a","fragment"]
// why: pragmas of a source do not choose what its elements call
/** @jsx evil */ /** @jsxFrag evil.frag */ /** @jsxRuntime automatic @jsxImportSource evil */
[(<a /> as any).type, (<></> as any).type];
