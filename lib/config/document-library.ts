import type { Json } from '../base/canonical-json.js';
import type { DocumentFiles } from '../base/ports.js';
import type { Problem } from '../base/problem.js';
import type { AeonGrammar, Pfna, Profile, Topology } from '../engine/inputs.js';
import { checkShape } from './check-shape.js';
import { buildAeon, checkAeon } from './documents/aeon.js';
import type { CheckContext, Loaded } from './documents/loaded.js';
import { buildPfna, checkPfna } from './documents/pfna.js';
import { buildProfile, checkProfile } from './documents/profile.js';
import { buildSlp, checkSlp, type Slp } from './documents/slp.js';
import { buildTopology, checkTopology } from './documents/topology.js';
import type { DocumentLimits } from './limits.js';
import { withOverrides } from './overridden-view.js';
import { overridePlace, type Override } from './override.js';
import { checkDirectory, checkDocument, type NamedPath } from './named-path.js';
import { checkLogFile } from './log-path.js';
import { ProblemList, type Complaint } from './problem-list.js';
import { projectOf, ProjectRoot } from './project-root.js';
import { DOCUMENT_SCHEMAS } from './schemas/index.js';
import type { Schema } from '../base/schema.js';
import type { AeonDocument } from './schemas/aeon.js';
import type { PfnaDocument } from './schemas/pfna.js';
import type { ProfileDocument } from './schemas/profile.js';
import type { SlpDocument } from './schemas/slp.js';
import type { TopologyDocument } from './schemas/topology.js';
import { readDocument, type ReadResult, type SizeClass } from './source/read-document.js';
import type { Place } from './source/view.js';

/**
 * Maximum of cached overridden variants, and of the weight of their documents; the documents themselves are
 * always cached.
 */
const MOST_VARIANTS = 2000;
const MOST_VARIANT_WEIGHT = 1_000_000;

interface Variant {
  readonly loaded: Loaded<unknown>;
  readonly weight: number;
}

/** Where the documents of a call may be, and what they may write. */
export interface DocumentPlaces {
  /** Directory that contains every document; absent: the project of each manifest. */
  readonly root?: string;
  /** Known projects by manifest; projects found later are added. */
  readonly projects?: Map<string, ProjectRoot>;
  /** Directory of log files; absent: unknown, and only the names of log files are checked. */
  readonly logs?: string;
}

interface Recipe<D, T> {
  readonly schema: Schema<D>;
  readonly size: SizeClass;
  readonly check: (context: CheckContext) => void;
  /** Called with a value that matches the schema and passed the check. */
  readonly build: (document: D) => T;
}

const TOPOLOGY: Recipe<TopologyDocument, Topology> = {
  schema: DOCUMENT_SCHEMAS.TopologyProfile,
  size: 'large',
  check: checkTopology,
  build: buildTopology,
};
const PROFILE: Recipe<ProfileDocument, Profile> = {
  schema: DOCUMENT_SCHEMAS.Profile,
  size: 'small',
  check: checkProfile,
  build: buildProfile,
};
const PFNA: Recipe<PfnaDocument, Pfna> = {
  schema: DOCUMENT_SCHEMAS.PFNA,
  size: 'large',
  check: checkPfna,
  build: buildPfna,
};

const SLP: Recipe<SlpDocument, Slp> = {
  schema: DOCUMENT_SCHEMAS.SLP,
  size: 'large',
  check: checkSlp,
  build: buildSlp,
};
const AEON: Recipe<AeonDocument, AeonGrammar> = {
  schema: DOCUMENT_SCHEMAS.AEON,
  size: 'small',
  check: checkAeon,
  build: buildAeon,
};

/**
 * Reads each document once, and validates it once per set of overrides: runs that share documents share the
 * objects. Assumes that files do not change during the lifetime of the library.
 */
export class DocumentLibrary {
  readonly limits: DocumentLimits;
  readonly #files: DocumentFiles;
  readonly #reads = new Map<string, ReadResult>();
  readonly #loaded = new Map<string, Loaded<unknown>>();
  readonly #variants = new Map<string, Variant>();
  #variantWeight = 0;
  readonly #checked = new Map<string, Problem | undefined>();
  readonly #places: DocumentPlaces;
  /** Weight of the values of all documents read. */
  #weight = 0;
  /** Steps of expanding the sweeps checked so far. */
  #sweepSteps = 0;
  readonly #roots: Map<string, ProjectRoot>;

  constructor(files: DocumentFiles, limits: DocumentLimits, places: DocumentPlaces = {}) {
    this.#files = files;
    this.limits = limits;
    this.#places = places;
    this.#roots = places.projects ?? new Map<string, ProjectRoot>();
  }

  /** The directory that contains the documents of a manifest. */
  rootOf(manifest: string): ProjectRoot {
    let root = this.#roots.get(manifest);
    if (!root) {
      const { root: given } = this.#places;
      root = given === undefined ? projectOf(manifest, this.#files) : new ProjectRoot(given, this.#files);
      this.#roots.set(manifest, root);
    }
    return root;
  }

  /** Counts the steps of expanding a sweep, unless they exceed the limit; returns the steps that are left. */
  spendSteps(steps: number): number {
    const left = this.limits.sweep_steps - this.#sweepSteps;
    if (steps <= left) this.#sweepSteps += steps;
    return left;
  }

  /** The document as written, without validation. */
  read(path: string, size: SizeClass): ReadResult {
    let result = this.#reads.get(path);
    if (!result) {
      const values = this.limits.values - this.#weight;
      result = readDocument(path, { files: this.#files, limits: { ...this.limits, values }, size });
      this.#weight += result.document?.weight ?? 0;
      this.#reads.set(path, result);
    }
    return result;
  }

  /**
   * Why a path is not read, as a problem at the place that names it; undefined if it is a document of the
   * project.
   */
  checkFile(path: string, root: ProjectRoot, at: () => Place): Problem | undefined {
    const id = `${root.directory}\0${path}`;
    if (!this.#checked.has(id)) this.#checked.set(id, checkDocument({ path, at: at() }, root, this.#files));
    const problem = this.#checked.get(id);
    return problem && { ...problem, ...at() };
  }

  /** Why a path is not a directory of the project, as a problem at the place that names it. */
  checkDirectory(named: NamedPath, root: ProjectRoot): Problem | undefined {
    return checkDirectory(named, root, this.#files);
  }

  /** Why a log file cannot be written. */
  checkLog(written: string): Complaint | undefined {
    const { logs } = this.#places;
    return logs === undefined ? undefined : checkLogFile(logs, written, this.#files);
  }

  topology(path: string, overrides: readonly Override[]): Loaded<Topology> {
    return this.#load(TOPOLOGY, path, overrides);
  }

  profile(path: string, overrides: readonly Override[]): Loaded<Profile> {
    return this.#load(PROFILE, path, overrides);
  }

  pfna(path: string, overrides: readonly Override[]): Loaded<Pfna> {
    return this.#load(PFNA, path, overrides);
  }

  slp(path: string, overrides: readonly Override[]): Loaded<Slp> {
    return this.#load(SLP, path, overrides);
  }

  aeon(path: string): Loaded<AeonGrammar> {
    return this.#load(AEON, path, []);
  }

  #load<D, T>(recipe: Recipe<D, T>, path: string, overrides: readonly Override[]): Loaded<T> {
    const base = `${recipe.schema.$id ?? ''} ${path}`;
    if (overrides.length > 0) return this.#loadVariant(recipe, { base, path, overrides });
    const known = this.#loaded.get(base);
    if (known) return known as Loaded<T>;
    const loaded = this.#validate(recipe, path, overrides);
    this.#loaded.set(base, loaded);
    return loaded;
  }

  #loadVariant<D, T>(
    recipe: Recipe<D, T>,
    { base, path, overrides }: { base: string; path: string; overrides: readonly Override[] },
  ): Loaded<T> {
    const key = `${base}\n${overridesKey(overrides)}`;
    const known = this.#variants.get(key) ?? this.#variants.get(withPlaces(key, overrides));
    if (known) return known.loaded as Loaded<T>;
    const loaded = this.#validate(recipe, path, overrides);
    // A problem names the override that caused it, so only valid documents are shared between places.
    const id = loaded.value === undefined ? withPlaces(key, overrides) : key;
    const weight = this.read(path, recipe.size).document?.weight ?? 0;
    this.#variants.set(id, { loaded, weight });
    this.#variantWeight += weight;
    this.#forgetVariants();
    return loaded;
  }

  /** Drops the oldest variants first; always keeps the newest. */
  #forgetVariants(): void {
    for (const [oldest, { weight }] of this.#variants) {
      const isMuch = this.#variants.size > MOST_VARIANTS || this.#variantWeight > MOST_VARIANT_WEIGHT;
      if (!isMuch || this.#variants.size === 1) return;
      this.#variants.delete(oldest);
      this.#variantWeight -= weight;
    }
  }

  #validate<D, T>(recipe: Recipe<D, T>, path: string, overrides: readonly Override[]): Loaded<T> {
    const read = this.read(path, recipe.size);
    if (!read.document) return { view: undefined, value: undefined, problems: read.problems };
    const problems = new ProblemList(this.limits.problems);
    const view = withOverrides(read.document, overrides, problems);
    checkShape(recipe.schema, view, problems);
    recipe.check({ view, limits: this.limits, problems });
    const all = [...read.problems, ...problems.finish()];
    return { view, value: all.length === 0 ? recipe.build(view.value as D) : undefined, problems: all };
  }
}

function overridesKey(overrides: readonly Override[]): string {
  return JSON.stringify(overrides.map(({ path, value, odd }): Json[] => [[...path], value, odd ?? null]));
}

function withPlaces(key: string, overrides: readonly Override[]): string {
  const places = overrides.flatMap((override) => [
    overridePlace(override, { pointer: '' }),
    overridePlace(override, { pointer: '', below: [] }),
  ]);
  return `${key}\n${JSON.stringify(places)}`;
}
