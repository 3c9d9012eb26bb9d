import { fileNameFault } from '#lib/domain/file-names.ts';
import { invalid } from '#lib/errors.ts';

/** Throws `invalid` for a name that no file may have; without a schema, since names come by the ten thousand. */
export function requireFileName(name: string): void {
  const fault = fileNameFault(name);
  if (fault !== null) throw invalid(fault);
}
