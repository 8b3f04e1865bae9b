// expect: ["card ending in 6467", "expired", "bad number", "transfer", "bad IBAN", "change 6.63"]
type Payment =
  | { method: 'card'; number: string; expires: `${number}/${number}` }
  | { method: 'iban'; iban: string }
  | { method: 'cash'; given: number; price: number };

class UnreachableError extends Error {
  constructor(value: never) {
    super(`unexpected: ${JSON.stringify(value)}`);
  }
}

function luhn(digits: string): boolean {
  const sum = [...digits].reverse().reduce((acc, ch, i) => {
    let d = Number(ch);
    if (i % 2 === 1) d = d * 2 > 9 ? d * 2 - 9 : d * 2;
    return acc + d;
  }, 0);
  return sum % 10 === 0;
}

function ibanOk(iban: string): boolean {
  const moved = iban.slice(4) + iban.slice(0, 4);
  const digits = moved.replace(/[A-Z]/g, (c) => String(c.charCodeAt(0) - 55));
  return BigInt(digits) % 97n === 1n;
}

function check(payment: Payment): string {
  switch (payment.method) {
    case 'card': {
      const number = payment.number.replace(/\s/g, '');
      const [month, year] = payment.expires.split('/').map(Number);
      if (!luhn(number)) return 'bad number';
      return Date.UTC(2000 + year, month) > Date.UTC(2025, 3, 1) ? `card ending in ${number.slice(-4)}` : 'expired';
    }
    case 'iban':
      return ibanOk(payment.iban.replaceAll(' ', '')) ? 'transfer' : 'bad IBAN';
    case 'cash':
      return payment.given >= payment.price ? `change ${(payment.given - payment.price).toFixed(2)}` : 'not enough';
    default:
      throw new UnreachableError(payment);
  }
}

const payments: Payment[] = [
  { method: 'card', number: '4539 1488 0343 6467', expires: '08/27' },
  { method: 'card', number: '4539 1488 0343 6467', expires: '02/25' },
  { method: 'card', number: '8273 1232 7352 0569', expires: '01/30' },
  { method: 'iban', iban: 'GB82 WEST 1234 5698 7654 32' },
  { method: 'iban', iban: 'DE89 3704 0044 0532 0130 01' },
  { method: 'cash', given: 20, price: 13.37 },
];
payments.map(check)
