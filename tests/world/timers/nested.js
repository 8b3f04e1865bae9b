// a timer made by a timer does not overtake one that was made before
setTimeout(() => {
  console.log('a');
  setTimeout(() => { console.log('a in a'); setTimeout(() => console.log('a in a in a'), 20); }, 20);
}, 0);
setTimeout(() => { console.log('b'); setTimeout(() => console.log('b in b'), 20); }, 0);
void 0;
