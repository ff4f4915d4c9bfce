import { errorCode } from '../base/errors.js';

/** A system call, again while a signal interrupts it: some file systems let reads and writes end with EINTR. */
export function uninterrupted<T>(call: () => T): T {
  for (;;) {
    try {
      return call();
    } catch (error) {
      if (errorCode(error) !== 'EINTR') throw error;
    }
  }
}
