import { errorCode } from '../base/errors.js';

/**
 * Repeats a system call while a signal interrupts it: on some file systems reads and writes fail with EINTR.
 */
export function uninterrupted<T>(call: () => T): T {
  for (;;) {
    try {
      return call();
    } catch (error) {
      if (errorCode(error) !== 'EINTR') throw error;
    }
  }
}
