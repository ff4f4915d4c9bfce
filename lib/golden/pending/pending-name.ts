/**
 * The run name in the file name of a pending result: the part before the digest of another directory, if any.
 */
export function nameOfPending(file: string): string {
  return file.replace(/(?:@[0-9a-f]{12})?\.json$/, '');
}
