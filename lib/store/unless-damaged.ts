import { AetherError } from '../base/errors.js';

/**
 * Result of a read; undefined for a damaged record, which is not part of the history and which `verify`
 * reports.
 */
export async function unlessDamaged<T>(reading: Promise<T | undefined>): Promise<T | undefined> {
  try {
    return await reading;
  } catch (error) {
    return ifDamaged(error);
  }
}

/** As `unlessDamaged`, for a read that returns at once. */
export function readUnlessDamaged<T>(read: () => T | undefined): T | undefined {
  try {
    return read();
  } catch (error) {
    return ifDamaged(error);
  }
}

function ifDamaged(error: unknown): undefined {
  if (error instanceof AetherError && error.code === 'STORE_RECORD_CORRUPT') return undefined;
  throw error;
}
