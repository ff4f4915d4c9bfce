import { UPDATE_MODES, type UpdateMode } from '../../../golden/check/update-mode.js';
import { UsageError } from '../../command-error.js';

/** The value of `--update-golden`; `-u` without a value means `changed`. */
export function updateMode(value: unknown): UpdateMode | undefined {
  if (value === undefined) return undefined;
  const word = value === '' ? 'changed' : UPDATE_MODES.find((mode) => mode === value);
  if (word !== undefined) return word;
  throw new UsageError(
    `-u must be one of ${UPDATE_MODES.join(', ')}, got ${JSON.stringify(value)}`,
    'write manifests before -u, or -u=changed',
  );
}
