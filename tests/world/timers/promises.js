const sleep = (ms, value) => new Promise((resolve) => setTimeout(resolve, ms, value));
(async () => {
  console.log(await sleep(5, 'one'));
  console.log(await Promise.all([sleep(30, 'c'), sleep(10, 'a'), sleep(20, 'b')]));
  console.log(await Promise.race([sleep(60, 'slow'), sleep(5, 'fast')]));
  for (const x of [1, 2, 3]) console.log(await sleep(1, x));
})();
void 0;
