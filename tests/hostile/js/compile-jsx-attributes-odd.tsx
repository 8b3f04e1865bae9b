// status: ok
// timeout: 20s
// value: ["constructor,toString,a-b,key,children",1]
// why: attributes with names that mean something elsewhere; as in any object literal, __proto__ is no property
const x: any = <a __proto__={{ evil: 1 }} constructor="x" toString={1} a-b key="k" children={5} />;
[Object.keys(x.props).join(), Object.getPrototypeOf(x.props) === Object.prototype ? 1 : 0];
