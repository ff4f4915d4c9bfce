/** The run name in the name of a pending result's file: what stands before the digest of another place, if any. */
export function nameOfPending(file: string): string {
  return file.replace(/(?:@[0-9a-f]{12})?\.json$/, '');
}
