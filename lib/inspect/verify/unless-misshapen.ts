/** The result of reading a record; undefined if it has the wrong shape, which is reported elsewhere. */
export function unlessMisshapen<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof TypeError || error instanceof RangeError || error instanceof SyntaxError)
      return undefined;
    throw error;
  }
}
