import { AetherError } from '../base/errors.js';

/** What a read gives; undefined where it meets a damaged record: that is no history, and `verify` names it. */
export async function unlessDamaged<T>(reading: Promise<T | undefined>): Promise<T | undefined> {
  try {
    return await reading;
  } catch (error) {
    if (error instanceof AetherError && error.code === 'STORE_RECORD_CORRUPT') return undefined;
    throw error;
  }
}
