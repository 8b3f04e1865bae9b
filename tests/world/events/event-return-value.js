// ours: the setter of returnValue, as the DOM standard says; Node has none
const a = new Event('x', {cancelable: true}), b = new Event('x');
a.returnValue = true; console.log(a.defaultPrevented);
a.returnValue = false; console.log(a.defaultPrevented);
a.returnValue = true; console.log(a.defaultPrevented);
b.returnValue = false; console.log(b.defaultPrevented);
