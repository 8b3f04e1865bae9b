const e = new Event('x');
e.cancelBubble = false; console.log(e.cancelBubble);
e.cancelBubble = true; console.log(e.cancelBubble);
e.cancelBubble = false; console.log(e.cancelBubble);
const f = new Event('x'); f.stopPropagation(); console.log(f.cancelBubble);
