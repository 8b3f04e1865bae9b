const group = (digits) => digits.replace(/\B(?=(\d{3})+$)/g, ',');

export default function money(amount, currency) {
  const [whole, cents] = Math.abs(amount).toFixed(2).split('.');
  return `${amount < 0 ? '-' : ''}${group(whole)}.${cents} ${currency}`;
}

export const plural = (n, one, many = one + 's') => `${n} ${n === 1 ? one : many}`;
