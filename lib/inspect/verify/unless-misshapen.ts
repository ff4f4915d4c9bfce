/** What can be said of a record; undefined when it has not even the shape of one, which is reported elsewhere. */
export function unlessMisshapen<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof TypeError || error instanceof RangeError || error instanceof SyntaxError)
      return undefined;
    throw error;
  }
}
