import type { Labels } from '../../base/label.js';
import type { ReporterName } from '../reporter-names.js';
import type { Place } from '../source/view.js';

/** Name of the project file, in the directory of a project. */
export const PROJECT_FILE = 'aether.yaml';

/** Settings of a project. Paths are relative to the working directory, or absolute. */
export interface ProjectSettings {
  readonly store: string;
  readonly manifests: readonly string[];
  readonly golden: string;
  /** Runs computed at once; null for the number of cores. */
  readonly jobs: number | null;
  readonly reporters: readonly ReporterName[];
  /** Null if reports are not written to a directory. */
  readonly output: string | null;
  readonly labels: Labels;
}

export type SettingName = keyof ProjectSettings;

/** In display order. */
export const SETTING_NAMES = [
  'store',
  'manifests',
  'golden',
  'jobs',
  'reporters',
  'output',
  'labels',
] as const satisfies readonly SettingName[];

/** Used if nothing else is set. */
export const DEFAULT_SETTINGS: ProjectSettings = {
  store: 'artefacts',
  manifests: ['manifests/*.yaml'],
  golden: 'golden',
  jobs: null,
  reporters: ['line'],
  output: null,
  labels: {},
};

/** The settings of one file, and the place of each. */
export interface ProjectFile {
  /** The path to open: relative to the working directory, or absolute. */
  readonly file: string;
  readonly settings: Partial<ProjectSettings>;
  readonly places: ReadonlyMap<SettingName, Place>;
}
