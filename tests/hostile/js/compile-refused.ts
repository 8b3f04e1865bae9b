// status: error
// code: syntax_error
// timeout: 20s
// why: what is not supported is refused, also a hundred times in a row
@@100*@dec(() => { for (;;); }) class C# { @dec x: number = 1 }\n@@
