import type { JsonSchema } from '#lib/client/openapi.ts';

/** "string", "integer or null", "list of string", "one of 3 shapes". */
export function typeWords(schema: JsonSchema): string {
  if (schema.$ref) return 'any JSON';
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum) return schema.enum.map((value) => JSON.stringify(value)).join(' | ');
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices) {
    const words = [...new Set(choices.map(typeWords))];
    return words.length <= 4 && words.join('').length <= 80 ? words.join(' or ') : `one of ${choices.length} shapes`;
  }
  if (Array.isArray(schema.type)) return schema.type.join(' or ');
  if (schema.type === 'array') return `list of ${schema.items ? typeWords(schema.items) : 'any JSON'}`;
  if (schema.type === 'object' && !schema.properties && typeof schema.additionalProperties === 'object')
    return `object of ${typeWords(schema.additionalProperties)}`;
  return [schema.type ?? 'any JSON', schema.format && `(${schema.format})`].filter(Boolean).join(' ');
}

/** "at most 64 characters", "1 to 256", "default 50". */
export function limitWords(schema: JsonSchema): string[] {
  const { minLength, maxLength, minimum, maximum, maxItems, default: initial } = schema;
  const safe = (value: number | undefined) => (value !== undefined && Math.abs(value) < Number.MAX_SAFE_INTEGER ? value : undefined);
  const [low, high] = [safe(minimum), safe(maximum)];
  return [
    maxLength !== undefined && `${minLength ? `${minLength} to ` : 'at most '}${maxLength.toLocaleString('en')} characters`,
    low !== undefined && high !== undefined && `${low.toLocaleString('en')} to ${high.toLocaleString('en')}`,
    low !== undefined && high === undefined && `at least ${low.toLocaleString('en')}`,
    low === undefined && high !== undefined && `at most ${high.toLocaleString('en')}`,
    maxItems !== undefined && `at most ${maxItems.toLocaleString('en')} items`,
    initial !== undefined && `default ${JSON.stringify(initial)}`,
  ].filter((words) => words !== false);
}

/** What lies below: the properties of an object, of a list's items, or the shapes to choose from. */
export function innerOf(schema: JsonSchema): { kind: 'properties'; of: JsonSchema } | { kind: 'shapes'; of: JsonSchema[] } | null {
  if (schema.properties) return { kind: 'properties', of: schema };
  if (schema.type === 'array' && schema.items) return innerOf(schema.items);
  const shapes = (schema.anyOf ?? schema.oneOf)?.filter((shape) => shape.type !== 'null');
  if (shapes?.length === 1) return innerOf(shapes[0]!);
  if (shapes?.some((shape) => innerOf(shape))) return { kind: 'shapes', of: shapes };
  if (typeof schema.additionalProperties === 'object') return innerOf(schema.additionalProperties);
  return null;
}

/** A body to start from: what is required, and where nothing is, what there is. */
export function exampleOf(schema: JsonSchema, depth = 0): unknown {
  if (schema.const !== undefined) return schema.const;
  if (schema.enum) return schema.enum[0];
  if (schema.default !== undefined) return schema.default;
  const choice = (schema.anyOf ?? schema.oneOf)?.find((shape) => shape.type !== 'null');
  if (choice) return exampleOf(choice, depth);
  const type = Array.isArray(schema.type) ? schema.type.find((each) => each !== 'null') : schema.type;
  if (type === 'object' && schema.properties) {
    const names = schema.required ?? [];
    const entries = Object.entries(schema.properties).filter(([name]) => names.includes(name) || (names.length === 0 && depth === 0));
    return Object.fromEntries(entries.map(([name, property]) => [name, exampleOf(property, depth + 1)]));
  }
  if (type === 'array') return schema.items && depth < 4 ? [exampleOf(schema.items, depth + 1)] : [];
  if (type === 'string') return schema.format === 'date-time' ? '2026-11-21T02:00:00Z' : '…';
  if (type === 'integer' || type === 'number') return Math.max(schema.minimum ?? 1, 1);
  if (type === 'boolean') return true;
  return {};
}
