import { isAbsolute, join } from 'node:path';
import { isInt } from '../base/integers.js';
import { invalid, ok, type Checked, type Problem } from '../base/problem.js';
import type { Pfna, Profile, RunInputs, Topology } from '../engine/inputs.js';
import { checkShape } from './check-shape.js';
import type { DocumentLibrary } from './document-library.js';
import { buildGovernance } from './documents/governance.js';
import type { Loaded } from './documents/loaded.js';
import { buildRunConfig, checkRunConfig, MISMATCH, type RawRunConfig } from './documents/run-config.js';
import { withOverrides } from './overridden-view.js';
import { overridePlace, type Override, type OverrideRoot } from './override.js';
import type { ProblemCode } from './problem-codes.js';
import { mergeProblems, problemAt, ProblemList } from './problem-list.js';
import { DOCUMENT_SCHEMAS } from './schemas/index.js';
import { childOf, isList, valueAt, type Path } from './source/path.js';
import type { DocumentView } from './source/view.js';

const NOTHING_LOADED: Loaded<never> = { view: undefined, value: undefined, problems: [] };

/** A RunConfig as written, and what is put over it and its documents. */
export interface RunRequest {
  readonly base: DocumentView;
  readonly overrides: readonly Override[];
  /** Where relative paths in overrides start that do not say so themselves. */
  readonly directory: string;
}

/**
 * Follows a RunConfig's references, holds the documents against each other and fills in every default. All problems
 * of all documents are reported together, each in the file at fault.
 */
export function resolveRun(request: RunRequest, library: DocumentLibrary): Checked<RunInputs> {
  return new RunResolver(request, library).resolve();
}

class RunResolver {
  readonly #view: DocumentView;
  readonly #overrides: readonly Override[];
  readonly #library: DocumentLibrary;
  readonly #problems: ProblemList;

  constructor({ base, overrides, directory }: RunRequest, library: DocumentLibrary) {
    this.#library = library;
    this.#overrides = overrides;
    this.#problems = new ProblemList(library.limits.problems);
    this.#view = withOverrides(base, this.#of('run', 'governance'), this.#problems, directory);
  }

  resolve(): Checked<RunInputs> {
    const problems = this.#problems;
    checkShape(DOCUMENT_SCHEMAS.RunConfig, this.#view, problems);
    checkRunConfig({ view: this.#view, limits: this.#library.limits, problems });
    const topology = this.#follow('topology_path', (path) =>
      this.#library.topology(path, this.#of('topology')),
    );
    const profile = this.#follow('profile_path', (path) => this.#library.profile(path, this.#of('profile')));
    const pfna = this.#followPfna();
    this.#checkTogether(topology.view, profile.view);
    const cross = this.#checkPfna(pfna, topology.view);
    const lists: (readonly Problem[])[] = [topology.problems, profile.problems, pfna.problems, cross];
    if (!problems.isEmpty || lists.some((list) => list.length > 0) || !topology.value || !profile.value)
      return invalid(mergeProblems([problems.finish(), ...lists]));
    return ok(this.#build(topology.value, profile.value, pfna.value));
  }

  #of(...roots: OverrideRoot[]): readonly Override[] {
    return this.#overrides.filter(({ root }) => roots.includes(root));
  }

  #build(topology: Topology, profile: Profile, pfna: Pfna | undefined): RunInputs {
    const raw = this.#view.value as RawRunConfig;
    const run = buildRunConfig(raw, profile.nap_defaults);
    const governance = buildGovernance(raw.governance ?? {}, run.enable_codex);
    return { topology, profile, run, pfna: run.enable_pfna ? (pfna ?? null) : null, governance };
  }

  /** Loads the document that a key names; what keeps it from being a file is told at the key. */
  #follow<T>(key: string, load: (path: string) => Loaded<T>): Loaded<T> {
    const path = this.#pathAt(key);
    return path === undefined ? NOTHING_LOADED : load(path);
  }

  #pathAt(key: string): string | undefined {
    const written = childOf(this.#view.value, key);
    if (typeof written !== 'string' || written === '') return undefined;
    const path = isAbsolute(written) ? written : join(this.#view.directory([key]), written);
    const problem = this.#library.checkFile(path, this.#view.place([key]));
    if (!problem) return path;
    this.#problems.add(problem);
    return undefined;
  }

  /** A PFNA document that is named but switched off must exist; only one in use is read. */
  #followPfna(): Loaded<Pfna> {
    const overrides = this.#of('pfna');
    const path = this.#pathAt('pfna_path');
    if (path !== undefined && childOf(this.#view.value, 'enable_pfna') === true)
      return this.#library.pfna(path, overrides);
    for (const override of overrides) {
      const message = 'the run uses no PFNA document to override';
      const place = overridePlace(override, { pointer: '' });
      this.#problems.add(problemAt(place, { code: 'bad-override', message }));
    }
    return NOTHING_LOADED;
  }

  #checkTogether(topology: DocumentView | undefined, profile: DocumentView | undefined): void {
    const gid = childOf(topology?.value, 'gid');
    const own = childOf(this.#view.value, 'gid');
    if (typeof gid === 'string' && typeof own === 'string' && gid !== own)
      this.#complain(['gid'], 'gid-mismatch', "the gid is not the topology's", gid);
    const state = childOf(this.#view.value, 'initial_state');
    const N = childOf(topology?.value, 'N');
    if (isList(state) && isInt(N) && N > 0 && state.length !== N)
      this.#complain(
        ['initial_state'],
        'state-length',
        'the initial state must have one value per node',
        `${String(N)} values`,
      );
    const ours = childOf(profile?.value, 'SC');
    const theirs = childOf(topology?.value, 'SC');
    if (!isInt(ours) || !isInt(theirs) || ours === theirs) return;
    const message = `the profile's SC ${String(ours)} is not the topology's SC ${String(theirs)}`;
    const expected = `a profile with SC ${String(theirs)}`;
    // The selection is at fault, unless an override has changed one of the two.
    const changed = this.#changes('profile', 'SC')
      ? profile
      : this.#changes('topology', 'SC')
        ? topology
        : undefined;
    if (changed) this.#problems.at(changed, ['SC'], { code: 'scale-mismatch', message, expected });
    else this.#complain(['profile_path'], 'scale-mismatch', message, expected);
  }

  #changes(root: OverrideRoot, key: string): boolean {
    return this.#of(root).some(({ path }) => path.length === 1 && path[0] === key);
  }

  #complain(path: Path, code: ProblemCode, message: string, expected: string): void {
    this.#problems.at(this.#view, path, { code, message, expected });
  }

  /** Problems of the PFNA document that only show beside the run and its topology. */
  #checkPfna(pfna: Loaded<Pfna>, topology: DocumentView | undefined): readonly Problem[] {
    const { view } = pfna;
    if (!view) return [];
    const problems = new ProblemList(this.#library.limits.problems);
    for (const field of ['gid', 'run_id'] as const) {
      const given = childOf(view.value, field);
      const own = childOf(this.#view.value, field);
      if (typeof given !== 'string' || typeof own !== 'string' || given === own) continue;
      const message = `the PFNA document is for another ${field}`;
      problems.at(view, [field], { code: MISMATCH[field], message, expected: own });
    }
    const N = childOf(topology?.value, 'N');
    if (isInt(N) && N > 0 && (!pfna.value || uniformLength(pfna.value) !== N))
      checkLengths(view, N, problems);
    return problems.finish();
  }
}

const lengths = new WeakMap<Pfna, number | null>();

/** Number of values that all entries have; null when they differ. Remembered: sweeps ask for every cell. */
function uniformLength(pfna: Pfna): number | null {
  let length = lengths.get(pfna);
  if (length === undefined) {
    const first = pfna.entries[0]?.values.length ?? null;
    length = pfna.entries.every(({ values }) => values.length === first) ? first : null;
    lengths.set(pfna, length);
  }
  return length;
}

function checkLengths(view: DocumentView, N: number, problems: ProblemList): void {
  const entries = childOf(view.value, 'entries');
  if (!isList(entries)) return;
  entries.forEach((_, index) => {
    const path = ['entries', index, 'values'];
    const values = valueAt(view.value, path);
    if (!isList(values) || values.length === N) return;
    const message = 'an entry must have one value per node';
    problems.at(view, path, { code: 'values-length', message, expected: `${String(N)} values` });
  });
}
