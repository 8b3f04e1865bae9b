// expect: {"ways": [4, 4562, 3937256], "fewest": [1, 2, 5, 10, 20, 50], "odd": [15, 15], "none": null, "lis": 4,
//   "palindrome": "geeksskeeg"}
const coins = [1, 2, 5, 10, 20, 50];

function ways(amount) {
  const table = new Array(amount + 1).fill(0);
  table[0] = 1;
  for (const coin of coins) {
    for (let i = coin; i <= amount; i++) table[i] += table[i - coin];
  }
  return table[amount];
}

function fewest(amount, available = coins) {
  const best = [0];
  const last = [];
  for (let i = 1; i <= amount; i++) {
    best[i] = Infinity;
    for (const coin of available) {
      if (coin <= i && best[i - coin] + 1 < best[i]) {
        best[i] = best[i - coin] + 1;
        last[i] = coin;
      }
    }
  }
  if (best[amount] === Infinity) return null;
  const used = [];
  for (let rest = amount; rest > 0; rest -= last[rest]) used.push(last[rest]);
  return used;
}

// longest increasing subsequence, longest palindrome, longest common subsequence
const lis = (xs) => {
  const tails = [];
  for (const x of xs) {
    let [lo, hi] = [0, tails.length];
    while (lo < hi) {
      const mid = (lo + hi) >> 1;
      tails[mid] < x ? (lo = mid + 1) : (hi = mid);
    }
    tails[lo] = x;
  }
  return tails.length;
};
const palindrome = (s) => {
  let best = '';
  for (let i = 0; i < s.length; i++) {
    for (const [a, b] of [[i, i], [i, i + 1]]) {
      let [l, r] = [a, b];
      while (l >= 0 && s[l] === s[r]) l--, r++;
      if (r - l - 1 > best.length) best = s.slice(l + 1, r);
    }
  }
  return best;
};

return { ways: [5, 100, 500].map(ways), fewest: fewest(88), odd: fewest(30, [1, 15, 20]), none: fewest(3, [2]), lis: lis([10, 9, 2, 5, 3, 7, 101, 18]), palindrome: palindrome('forgeeksskeegfor') };
