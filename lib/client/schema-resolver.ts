import type { FieldValues, Resolver } from 'react-hook-form';
import type { z } from 'zod';

/**
 * For a form that stands on its page from the start: the schema, and zod with it, is fetched when there is something to check.
 * Where it cannot be fetched the server judges alone, by the same schema. (A form in a dialog is fetched as a whole, and takes
 * zodResolver.)
 */
export function schemaResolver<Values extends FieldValues>(load: () => Promise<z.ZodType<unknown, Values>>): Resolver<Values> {
  const parts = () => Promise.all([import('@hookform/resolvers/zod'), load()]);
  return async (values, context, options) => {
    const loaded = await parts().catch(() => null);
    if (!loaded) return { values, errors: {} };
    const [{ zodResolver }, schema] = loaded;
    // What a schema makes of the values is what the form hands on; its type goes on naming what was typed in.
    return zodResolver<Values, unknown, Values>(schema as z.ZodType<Values, Values>)(values, context, options);
  };
}
