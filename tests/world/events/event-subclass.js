class Note extends Event {
  constructor(text) { super('note', {cancelable: true}); this.text = text; }
  get loud() { return this.text.toUpperCase(); }
}
const target = new EventTarget();
target.addEventListener('note', (e) => { console.log(e instanceof Note, e.text, e.loud, e.target === target); e.preventDefault(); });
console.log(target.dispatchEvent(new Note('hello')));
