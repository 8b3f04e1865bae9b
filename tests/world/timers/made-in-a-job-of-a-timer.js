setTimeout(() => {
  console.log(1);
  Promise.resolve().then(() => setTimeout(() => console.log(4), 0));
  setTimeout(() => console.log(3), 0);
  console.log(2);
}, 0);
void 0;
