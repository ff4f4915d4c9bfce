import * as fs from 'node:fs';
import { errorCode } from '../base/errors.js';
import type { GrowingFiles } from '../base/ports.js';
import { uninterrupted } from './uninterrupted.js';

/** Growing files on the local disk. */
export const nodeGrowingFiles: GrowingFiles = {
  open(path, access) {
    const file = fs.openSync(path, access === 'new' ? 'ax' : 'a', access === 'private' ? 0o600 : 0o666);
    return {
      append: (bytes) => {
        const all = typeof bytes === 'string' ? Buffer.from(bytes) : bytes;
        for (let at = 0; at < all.length;)
          at += uninterrupted(() => fs.writeSync(file, all, at, all.length - at));
      },
      close: () => {
        fs.closeSync(file);
      },
    };
  },
  async read(path, from, length) {
    let file: fs.promises.FileHandle;
    try {
      file = await fs.promises.open(path, 'r');
    } catch (error) {
      if (errorCode(error) === 'ENOENT') return new Uint8Array(0);
      throw error;
    }
    try {
      const { bytesRead, buffer } = await file.read(Buffer.allocUnsafe(length), 0, length, from);
      return buffer.subarray(0, bytesRead);
    } finally {
      await file.close();
    }
  },
  size: (path) => fs.statSync(path, { throwIfNoEntry: false })?.size ?? 0,
};
