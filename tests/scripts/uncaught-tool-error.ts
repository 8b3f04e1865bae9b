// expect-error: NotFoundError: no such customer: nobody
// output: ["loaded Ada Lovett"]
// tools: customer
interface Customer { id: string; name: string }

async function load(ids: string[]): Promise<Customer[]> {
  const out: Customer[] = [];
  for (const id of ids) {
    const customer: Customer = await tools.customer({ id });
    out.push(customer);
    console.log(`loaded ${customer.name}`);
  }
  return out;
}

const customers = await load(['ada', 'nobody', 'bob']);
return customers.length;
