// status: ok
// timeout: 20s
// value: [1,true]
// why: entities, line breaks, spreads and braces of text, a hundred thousand of them
const x: any = <a t="&amp;&lt;&#x10ffff;&nope;&#;">@@10000*&amp; &lt;&#65;&unknown;
@@</a>;
[x.children.length, x.props.t.length > 0];
