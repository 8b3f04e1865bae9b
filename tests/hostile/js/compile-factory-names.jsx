// status: ok
// timeout: 20s
// value: ["x-y","fragment",2]
// why: element names with dashes, fragments, children of every kind, and a component that is no function
const No = { toString() { throw 1; } };
const deep = <><No /><x-y>{...[1, [2, [3]]]}{null}{false}{() => 1}</x-y></>;
[deep.children[1].type, deep.type, deep.children.length];
