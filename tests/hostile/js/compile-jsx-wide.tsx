// status: ok
// timeout: 20s
// value: 20000
// why: an element of twenty thousand children and as many attributes
const x: any = <a @@20000*k#={#} @@>@@20000*<b/>@@</a>;
x.children.length;
