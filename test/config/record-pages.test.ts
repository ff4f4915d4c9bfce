import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { loadManifests, type ScenarioRegistry } from '../../lib/config/index.js';
import { nodeDocumentFiles } from '../../lib/platform/document-files.js';
import { Session } from '../../lib/session/session.js';
import { REPO } from './repo.js';

type Records = Map<string, Record<string, unknown>[]>;

const FOLDER = join(REPO, 'docs/contracts/records');

function reference(): ScenarioRegistry {
  const loaded = loadManifests([join(REPO, 'manifests/reference.yaml')], nodeDocumentFiles);
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.problems));
  return loaded.value;
}

/** The records of a scenario's run, by artefact kind. */
function recordsOf(registry: ScenarioRegistry, id: string): Records {
  const resolved = registry.resolve(id);
  if (!resolved.ok) throw new Error(JSON.stringify(resolved.problems));
  const texts = new Map<string, string>();
  const sink = {
    open: () => undefined,
    chunk: (kind: string, bytes: Uint8Array) => {
      texts.set(kind, (texts.get(kind) ?? '') + Buffer.from(bytes).toString('utf8'));
    },
  };
  const session = new Session({ inputs: resolved.value, sink });
  while (session.step());
  session.finish();
  const parse = (text: string): Record<string, unknown>[] =>
    text
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
  return new Map([...texts].map(([kind, text]) => [kind, parse(text)]));
}

void t.test('every page of a record lists its fields and shows a real record', (t) => {
  const registry = reference();
  const runs = new Map(registry.scenarios.map(({ id }) => [id, recordsOf(registry, id)]));
  const kinds = new Set([...runs.values()].flatMap((records) => [...records.keys()]));
  kinds.delete('inputs');
  const pages = readdirSync(FOLDER).map((name) => name.replace('.md', ''));
  t.same(pages.map((page) => page.replaceAll('-', '_')).sort(), [...kinds].sort(), 'one page per kind');
  for (const page of pages) {
    const text = readFileSync(join(FOLDER, `${page}.md`), 'utf8');
    const kind = page.replaceAll('-', '_');
    const documented = [...text.matchAll(/^\| `(\w+)`/gm)].map((match) => match[1]!);
    const found = new Set<string>();
    for (const records of runs.values())
      for (const record of records.get(kind) ?? []) for (const key of Object.keys(record)) found.add(key);
    t.same([...documented].sort(), [...found].sort(), `${page}: fields`);
    const scenario = /From the scenario `([\w-]+)`/.exec(text)?.[1] ?? '';
    const example: unknown = JSON.parse(/```json\n([^]*?)```/.exec(text)?.[1] ?? 'null');
    const shown = JSON.stringify(sorted(example));
    const real = runs
      .get(scenario)
      ?.get(kind)
      ?.map((record) => JSON.stringify(sorted(record)));
    t.ok(real?.includes(shown), `${page}: the example is a record of ${scenario}`);
  }
  t.end();
});

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, child]) => [key, sorted(child)]),
  );
}
