// expect: [[], ["email is required", "age must be a number of at least 18", "country must be one of DE, SE"]]
type FieldType = 'text' | 'number' | 'select';
interface FieldProps { name: string; type?: FieldType; required?: boolean; options?: readonly string[]; min?: number }

const countries = ['DE', 'SE'] as const;
const form = (
  <form id="signup">
    <field name="email" required />
    <field name="age" type="number" min={18} />
    <group label="Address">
      <field name="country" type="select" options={countries} required={true} />
    </group>
  </form>
);

function* fields(node: any): Generator<FieldProps> {
  if (typeof node !== 'object' || node === null) return;
  if (Array.isArray(node)) {
    for (const child of node) yield* fields(child);
    return;
  }
  if (node.type === 'field') yield node.props as FieldProps;
  yield* fields(node.children);
}

function validate(input: Record<string, unknown>): string[] {
  const errors: string[] = [];
  for (const { name, type = 'text', required, options, min } of fields(form)) {
    const value = input[name];
    if (value === undefined || value === '') {
      if (required) errors.push(`${name} is required`);
    } else if (type === 'number' && (typeof value !== 'number' || value < (min ?? -Infinity))) {
      errors.push(`${name} must be a number of at least ${min}`);
    } else if (options && !options.includes(value as string)) {
      errors.push(`${name} must be one of ${options.join(', ')}`);
    }
  }
  return errors;
}

return [validate({ email: 'a@b.example', country: 'SE' }), validate({ age: 7, country: 'XX' })];
