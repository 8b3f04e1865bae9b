// status: ok
// timeout: 20s
// value: 5000
// why: an element of five thousand children and as many attributes
const x: any = <a @@5000*k#={#} @@>@@5000*<b/>@@</a>;
x.children.length;
