// ours: Web IDL's Clamp rounds to the nearest integer, of two to the even one; Node cuts, and crashes on NaN
(async () => {
  const blob = new Blob(['0123456789']);
  for (const args of [[0.5], [1.5], [2.5, 6.5], [0.4, 9.6], [-0.5], [-1.5], [-Infinity, Infinity], [Infinity], [2 ** 53], [NaN, 3]])
    console.log(JSON.stringify(args), await blob.slice(...args).text());
})();
void 0;
