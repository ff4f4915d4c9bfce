/** A name as a scenario id: lower case, all that ids cannot hold turned into dashes. */
export function scenarioId(name: string, fallback: string): string {
  const id = name
    .toLowerCase()
    .replace(/[^a-z0-9._-]+/g, '-')
    .replace(/^[^a-z0-9]+/, '')
    .slice(0, 64);
  return id === '' ? fallback : id;
}
