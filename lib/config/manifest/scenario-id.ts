/** Converts a name to a scenario id: lower case, with dashes for characters that are not allowed in ids. */
export function scenarioId(name: string, fallback: string): string {
  const id = name
    .toLowerCase()
    .replace(/[^a-z0-9._-]+/g, '-')
    .replace(/^[^a-z0-9]+/, '')
    .slice(0, 64);
  return id === '' ? fallback : id;
}
