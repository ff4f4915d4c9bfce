import { scenarioOfName } from '../../base/run-name.js';
import { UPDATE_MODES } from '../../golden/check/update-mode.js';
import { ARTEFACT_KINDS } from '../../session/records.js';
import { RUN_STATES } from '../../store/record-types.js';
import { DOCUMENT_REPORTERS, REPORTERS } from '../../config/reporter-names.js';
import { DEFAULT_SETTINGS, type ProjectSettings } from '../../config/project-file/project-settings.js';
import type { PathKind } from '../options/declared.js';
import type { ManifestWords } from './manifest-words.js';
import { plainWords, type Paths, type Proposal } from './proposal.js';
import type { StoredWords } from './stored-words.js';
import type { TypedLine } from './typed-line.js';

/** Sources of the words of a value. Sources load their code on demand. */
export type Source =
  | { readonly paths: Paths }
  | { readonly list: readonly string[] }
  | { readonly words: (line: TypedLine) => Promise<readonly Proposal[]>; readonly paths?: Paths };

const OF_PATHS: Readonly<Record<PathKind, Source>> = {
  file: { paths: 'files' },
  directory: { paths: 'directories' },
};
const FROM_SCENARIOS: Source = { words: scenarioIds };
const FROM_RUNS: Source = { words: runRefs };

/**
 * By option name, or by command path and option name where commands differ. Paths are declared separately.
 */
const OF_OPTIONS: Readonly<Record<string, Source>> = {
  reporter: { list: REPORTERS },
  'merge-reports --reporter': { list: DOCUMENT_REPORTERS },
  'update-golden': { words: () => Promise.resolve(plainWords(UPDATE_MODES)) },
  tag: { words: tags },
  profile: { words: profiles },
  filter: { words: filters },
  scenario: FROM_SCENARIOS,
  batch: { words: batchRefs },
  state: { list: RUN_STATES },
  'compare-to': { words: batchRefs, paths: 'files' },
};

/** The same by name of the positional argument. */
const OF_POSITIONALS: Readonly<Record<string, Source>> = {
  run: FROM_RUNS,
  runs: FROM_RUNS,
  words: FROM_RUNS,
  selector: FROM_RUNS,
  a: FROM_RUNS,
  b: FROM_RUNS,
  kind: { words: () => Promise.resolve(plainWords(ARTEFACT_KINDS)) },
  id: FROM_SCENARIOS,
  batch: { words: batchRefs },
  scenario: { words: scenariosAndNames, paths: 'files' },
  name: { words: manifestRuns },
  names: { words: goldenNames },
};

/** The source for the value at the cursor, if it has one. */
export function sourceOf({ command, slot }: TypedLine): Source | undefined {
  if (slot.kind === 'positional') {
    const { name, path } = slot.positional;
    return OF_POSITIONALS[name] ?? pathSource(path);
  }
  if (slot.kind !== 'value') return undefined;
  const { name, path } = slot.option;
  return OF_OPTIONS[`${command.path} --${name}`] ?? OF_OPTIONS[name] ?? pathSource(path);
}

function pathSource(path: PathKind | undefined): Source | undefined {
  return path === undefined ? undefined : OF_PATHS[path];
}

async function manifests({ given }: TypedLine): Promise<ManifestWords> {
  const { manifestWords } = await import('./manifest-words.js');
  return manifestWords(given.get('manifests') ?? (await projectSettings()).manifests);
}

async function stored({ given, typed }: TypedLine): Promise<StoredWords> {
  const { storedWords } = await import('./stored-words.js');
  return storedWords(given.get('store')?.at(-1) ?? (await projectSettings()).store, typed);
}

/** The effective settings; the defaults if those cannot be read. */
async function projectSettings(): Promise<ProjectSettings> {
  try {
    const { resolveSettings } = await import('../project/resolve-settings.js');
    return (await resolveSettings({}, process.env)).settings;
  } catch {
    return DEFAULT_SETTINGS;
  }
}

async function scenarioIds(line: TypedLine): Promise<Proposal[]> {
  return (await manifests(line)).scenarios.map(({ id, describe }) => ({ value: id, describe }));
}

async function scenariosAndNames(line: TypedLine): Promise<Proposal[]> {
  const { names } = await stored(line);
  return [...(await scenarioIds(line)), ...plainWords(names, 'stored run')];
}

/** The runs of the manifests; for a sweep that cannot be expanded, the stored ones. */
async function manifestRuns(line: TypedLine): Promise<Proposal[]> {
  const { runNames } = await import('./sweep-words.js');
  const { names } = await stored(line);
  const { typed } = line;
  const fitting = (await manifests(line)).scenarios.filter(
    ({ id }) => id.startsWith(typed) || typed.startsWith(id),
  );
  return fitting.flatMap(({ id, describe, entry }) => {
    const listed = runNames(id, entry);
    const known = listed.length > 0 ? listed : names.filter((name) => name.startsWith(`${id}[`));
    return plainWords(known, describe);
  });
}

/** All references to a run: its name, its scenario, `latest`, its id. */
async function runRefs(line: TypedLine): Promise<Proposal[]> {
  const { names, ids } = await stored(line);
  const scenarios = names.map((name) => scenarioOfName(name));
  return [
    ...(ids.length > 0 || names.length > 0 ? plainWords(['latest'], 'the latest run') : []),
    ...plainWords(scenarios, 'latest run of the scenario'),
    ...plainWords(names, 'latest run of that name'),
    ...plainWords(ids, 'run id'),
  ];
}

async function batchRefs(line: TypedLine): Promise<Proposal[]> {
  const { batches } = await stored(line);
  return [
    ...(batches.length > 0 ? plainWords(['latest'], 'the latest batch') : []),
    ...plainWords(batches, 'batch id'),
  ];
}

/** Names that can be judged; for other actions all names with a golden. */
async function goldenNames({ given, positionals }: TypedLine): Promise<Proposal[]> {
  const { goldenWords } = await import('./stored-words.js');
  const root = given.get('golden')?.at(-1) ?? (await projectSettings()).golden;
  const { accepted, pending } = goldenWords(root);
  const waiting = plainWords(pending, 'pending result');
  return positionals[0] === 'status' ? [...waiting, ...plainWords(accepted, 'golden')] : waiting;
}

async function tags(line: TypedLine): Promise<Proposal[]> {
  return plainWords((await manifests(line)).scenarios.flatMap((scenario) => scenario.tags));
}

async function profiles(line: TypedLine): Promise<Proposal[]> {
  return plainWords((await manifests(line)).profiles);
}

async function filters(line: TypedLine): Promise<Proposal[]> {
  const { names } = await stored(line);
  const scenarios = new Set(names.map((name) => scenarioOfName(name)));
  return [
    ...plainWords(RUN_STATES.map((state) => `state=${state}`)),
    ...plainWords([...scenarios].map((id) => `scenario=${id}`)),
    ...plainWords(line.typed.startsWith('name=') ? names.map((name) => `name=${name}`) : []),
  ];
}
