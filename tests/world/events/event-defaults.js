const e = new Event('x');
for (const key of ['type', 'target', 'currentTarget', 'srcElement', 'eventPhase', 'bubbles', 'cancelable', 'composed',
  'defaultPrevented', 'returnValue', 'cancelBubble', 'isTrusted']) console.log(key, e[key]);
console.log(e.composedPath(), typeof e.timeStamp, e.timeStamp >= 0, Object.prototype.toString.call(e), String(e));
console.log(Event.NONE, Event.CAPTURING_PHASE, Event.AT_TARGET, Event.BUBBLING_PHASE);
