import { isAbsolute, join } from 'node:path';
import { isInt } from '../base/integers.js';
import { invalid, ok, type Checked, type Problem } from '../base/problem.js';
import type { AeonGrammar, Pfna, Profile, RunInputs, Topology } from '../engine/inputs.js';
import { checkShape } from './check-shape.js';
import type { DocumentLibrary } from './document-library.js';
import { governanceOf } from './documents/governance.js';
import { walkGraph, type GraphSize } from './documents/graph-history.js';
import type { Loaded } from './documents/loaded.js';
import { buildRunConfig, checkRunConfig, MISMATCH } from './documents/run-config.js';
import { checkAeonWindows, checkPfnaLengths, checkWindowWidths } from './documents/run-together.js';
import type { Slp } from './documents/slp.js';
import { buildWindows } from './documents/windows.js';
import { withOverrides } from './overridden-view.js';
import { overridePlace, type Override } from './override.js';
import type { OverrideRoot } from './override-schemas.js';
import type { ProjectRoot } from './project-root.js';
import { checkLogText } from './log-path.js';
import type { ProblemCode } from './problem-codes.js';
import { mergeProblems, problemAt, ProblemList } from './problem-list.js';
import { DOCUMENT_SCHEMAS } from './schemas/index.js';
import type { RunConfigDocument, WindowsBlock } from './schemas/run-config.js';
import { childOf, isList, type Path } from './source/path.js';
import type { DocumentView } from './source/view.js';

const NOTHING_LOADED: Loaded<never> = { view: undefined, value: undefined, problems: [] };

/** A RunConfig as written, and the overrides of it and its documents. */
export interface RunRequest {
  readonly base: DocumentView;
  readonly overrides: readonly Override[];
  /** Base directory of relative paths in overrides without a base_dir. */
  readonly directory: string;
  /** Root that contains all documents of the run. */
  readonly root: ProjectRoot;
}

/**
 * Follows the references of a RunConfig, checks the documents against each other and fills in every default.
 * All problems of all documents are reported together, each in the file that contains the error.
 */
export function resolveRun(request: RunRequest, library: DocumentLibrary): Checked<RunInputs> {
  return new RunResolver(request, library).resolve();
}

class RunResolver {
  readonly #view: DocumentView;
  readonly #overrides: readonly Override[];
  readonly #library: DocumentLibrary;
  readonly #problems: ProblemList;
  readonly #root: ProjectRoot;

  constructor({ base, overrides, directory, root }: RunRequest, library: DocumentLibrary) {
    this.#library = library;
    this.#root = root;
    this.#overrides = overrides;
    this.#problems = new ProblemList(library.limits.problems);
    this.#view = withOverrides(base, this.#of('run', 'governance'), this.#problems, directory);
  }

  resolve(): Checked<RunInputs> {
    const problems = this.#problems;
    checkShape(DOCUMENT_SCHEMAS.RunConfig, this.#view, problems);
    checkRunConfig({ view: this.#view, limits: this.#library.limits, problems });
    this.#checkLog();
    const topology = this.#follow('topology_path', (path) =>
      this.#library.topology(path, this.#of('topology')),
    );
    const profile = this.#follow('profile_path', (path) => this.#library.profile(path, this.#of('profile')));
    const pfna = this.#followPfna();
    const slp = this.#followSlp();
    const aeon = this.#follow('aeon_path', (path) => this.#library.aeon(path));
    this.#checkTogether(topology.view, profile.view);
    const events = this.#checkSlp(slp, topology.value);
    const cross = this.#checkPfna(pfna, events.sizes ?? this.#fixedSize(topology.view));
    if (events.sizes !== undefined) this.#checkWindows(events.sizes);
    if (aeon.value) checkAeonWindows({ view: this.#view, problems }, aeon.value);
    const loaded = [topology, profile, pfna, slp, aeon].map((document) => document.problems);
    const lists: (readonly Problem[])[] = [...loaded, cross, events.problems];
    if (!problems.isEmpty || lists.some((list) => list.length > 0) || !topology.value || !profile.value)
      return invalid(mergeProblems([problems.finish(), ...lists]));
    return ok(
      this.#build({
        topology: topology.value,
        profile: profile.value,
        pfna: pfna.value,
        slp: slp.value,
        aeon: aeon.value,
      }),
    );
  }

  #of(...roots: OverrideRoot[]): readonly Override[] {
    return this.#overrides.filter(({ root }) => roots.includes(root));
  }

  #build({ topology, profile, pfna, slp, aeon }: LoadedDocuments): RunInputs {
    const raw = this.#view.value as RunConfigDocument;
    const run = buildRunConfig(raw, profile.nap_defaults);
    const governance = governanceOf(raw.governance, run.enable_codex);
    const isChanging = slp?.events.some(({ tick_effective }) => tick_effective <= run.ticks) === true;
    return {
      topology,
      profile,
      run,
      pfna: run.enable_pfna ? (pfna ?? null) : null,
      governance,
      ...(isChanging ? { slp: slp.events } : {}),
      ...(aeon === undefined ? {} : { aeon }),
    };
  }

  /** Loads the document named by a key; if it is not a readable file, the problem is reported at the key. */
  #follow<T>(key: string, load: (path: string) => Loaded<T>): Loaded<T> {
    const path = this.#pathAt(key);
    return path === undefined ? NOTHING_LOADED : load(path);
  }

  #pathAt(key: string): string | undefined {
    const written = childOf(this.#view.value, key);
    if (typeof written !== 'string' || written === '') return undefined;
    const path = isAbsolute(written) ? written : join(this.#view.directory([key]), written);
    const problem = this.#library.checkFile(path, this.#root, () => this.#view.place([key]));
    if (!problem) return path;
    this.#problems.add(problem);
    return undefined;
  }

  #checkLog(): void {
    const logging = childOf(this.#view.value, 'logging');
    const written = childOf(logging, 'file_path');
    if (typeof written !== 'string' || written === '') return;
    const isUsed = childOf(logging, 'destination') === 'file';
    const complaint = checkLogText(written) ?? (isUsed ? this.#library.checkLog(written) : undefined);
    if (complaint) this.#problems.at(this.#view, ['logging', 'file_path'], complaint);
  }

  /** A PFNA document that is named but disabled must exist; it is read only if it is enabled. */
  #followPfna(): Loaded<Pfna> {
    const overrides = this.#of('pfna');
    const path = this.#pathAt('pfna_path');
    if (path !== undefined && childOf(this.#view.value, 'enable_pfna') === true)
      return this.#library.pfna(path, overrides);
    this.#refuseOverrides(overrides, 'PFNA');
    return NOTHING_LOADED;
  }

  #followSlp(): Loaded<Slp> {
    const overrides = this.#of('slp');
    const path = this.#pathAt('slp_path');
    if (path !== undefined) return this.#library.slp(path, overrides);
    this.#refuseOverrides(overrides, 'SLP');
    return NOTHING_LOADED;
  }

  #refuseOverrides(overrides: readonly Override[], document: 'PFNA' | 'SLP'): void {
    for (const override of overrides) {
      const message = `the run uses no ${document} document to override`;
      const place = overridePlace(override, { pointer: '' });
      this.#problems.add(problemAt(place, { code: 'bad-override', message }));
    }
  }

  #checkTogether(topology: DocumentView | undefined, profile: DocumentView | undefined): void {
    const gid = childOf(topology?.value, 'gid');
    const own = childOf(this.#view.value, 'gid');
    if (typeof gid === 'string' && typeof own === 'string' && gid !== own)
      this.#complain(['gid'], 'gid-mismatch', 'the gid differs from that of the topology', gid);
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
    // The error is in the selection of the profile, unless an override changed one of the two.
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

  /** Problems of the PFNA document relative to the run and its graph. */
  #checkPfna({ view, value }: Loaded<Pfna>, sizes: readonly GraphSize[]): readonly Problem[] {
    if (!view) return [];
    const problems = new ProblemList(this.#library.limits.problems);
    for (const field of ['gid', 'run_id'] as const) this.#checkName(field, 'PFNA', { view, problems });
    if (sizes.length > 0) checkPfnaLengths({ view, problems }, value, sizes);
    return problems.finish();
  }

  #checkName(
    field: 'gid' | 'run_id',
    document: 'PFNA' | 'SLP',
    { view, problems }: { readonly view: DocumentView; readonly problems: ProblemList },
  ): void {
    const given = childOf(view.value, field);
    const own = childOf(this.#view.value, field);
    if (typeof given !== 'string' || typeof own !== 'string' || given === own) return;
    const message = `the ${document} document is for another ${field}`;
    problems.at(view, [field], { code: MISMATCH[field], message, expected: own });
  }

  /** The size of the graph of a topology without events; empty if its N is unknown. */
  #fixedSize(topology: DocumentView | undefined): readonly GraphSize[] {
    const N = childOf(topology?.value, 'N');
    const edges = childOf(topology?.value, 'edges');
    return isInt(N) && N > 0 ? [{ tick: 0, nodes: N, edges: isList(edges) ? edges.length : 0 }] : [];
  }

  /**
   * Problems of the events relative to the run and its topology; sizes of the graph as far as they are known.
   * The graph cannot be computed while the topology or the events themselves are invalid.
   */
  #checkSlp(
    { view, value }: Loaded<Slp>,
    topology: Topology | undefined,
  ): { readonly problems: readonly Problem[]; readonly sizes?: readonly GraphSize[] } {
    const { limits } = this.#library;
    const problems = new ProblemList(limits.problems);
    if (view) this.#checkName('gid', 'SLP', { view, problems });
    const ticks = childOf(this.#view.value, 'ticks');
    if (topology === undefined || (view && !value) || !isInt(ticks)) return { problems: problems.finish() };
    const size = { tick: 0, nodes: topology.N, edges: topology.edges.length };
    const sizes = view ? walkGraph({ view, topology, ticks, limits, problems }) : [size];
    return { problems: problems.finish(), sizes };
  }

  /** Needs the built windows, so only a run without problems so far is checked. */
  #checkWindows(sizes: readonly GraphSize[]): void {
    if (!this.#problems.isEmpty) return;
    const { windows, ticks } = this.#view.value as RunConfigDocument;
    const isPlain = sizes.length === 1 && !hasDescriptors(windows);
    if (!isPlain)
      checkWindowWidths({ view: this.#view, problems: this.#problems }, buildWindows(windows, ticks), sizes);
  }
}

interface LoadedDocuments {
  readonly topology: Topology;
  readonly profile: Profile;
  readonly pfna: Pfna | undefined;
  readonly slp: Slp | undefined;
  readonly aeon: AeonGrammar | undefined;
}

function hasDescriptors(windows: WindowsBlock): boolean {
  return isList(windows) && windows.some((window) => childOf(window, 'apxi_enabled') === true);
}
