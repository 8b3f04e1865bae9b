// 10: portfolio: prices of every position, returns, volatility, rebalancing.
const mean = (list) => list.reduce((a, b) => a + b, 0) / list.length;
const cents = (x) => Math.round(x * 100) / 100;

function analyse(position, prices) {
  const closes = prices.map((p) => p.close);
  const last = closes[closes.length - 1];
  const returns = closes.slice(1).map((c, i) => c / closes[i] - 1);
  const average = mean(returns);
  const deviation = Math.sqrt(mean(returns.map((r) => (r - average) * (r - average))));
  const short = mean(closes.slice(-10));
  const long = mean(closes.slice(-40));
  let peak = 0;
  let drawdown = 0;
  for (const close of closes) {
    peak = Math.max(peak, close);
    drawdown = Math.max(drawdown, 1 - close / peak);
  }
  return {
    symbol: position.symbol,
    value: cents(last * position.shares),
    gain: cents((last - position.cost) * position.shares),
    volatility: (deviation * 100).toFixed(2) + "%",
    drawdown: (drawdown * 100).toFixed(1) + "%",
    trend: short > long * 1.01 ? "up" : short < long * 0.99 ? "down" : "flat",
  };
}

(async () => {
  const portfolio = await tools.getPortfolio({ owner: "demo" });
  const rows = await Promise.all(portfolio.positions.map(async (position) =>
    analyse(position, await tools.getPrices({ symbol: position.symbol, days: 60 }))));

  const { rate } = await tools.getRate({ currency: "USD" });
  const total = rows.reduce((sum, row) => sum + row.value, portfolio.cash);
  const target = (total * 0.95) / rows.length;
  const trades = rows
    .map((row) => ({ symbol: row.symbol, amount: Math.round(target - row.value) }))
    .filter((trade) => Math.abs(trade.amount) > total * 0.02)
    .sort((a, b) => a.amount - b.amount);
  return { total: cents(total), euros: cents(total * rate), rows, trades };
})();
