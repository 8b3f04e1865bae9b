class Named extends Blob {
  constructor(parts, name) { super(parts, {type: 'text/plain'}); this.name = name; }
}
const named = new Named(['abc'], 'n');
console.log(named.name, named.size, named.type, named instanceof Blob, named.slice() instanceof Named);
named.text().then((text) => console.log(text));
void 0;
