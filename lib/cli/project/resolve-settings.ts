import type { Labels } from '../../base/label.js';
import { findProjectFile } from '../../config/project-file/find-project-file.js';
import {
  DEFAULT_SETTINGS,
  SETTING_NAMES,
  type ProjectFile,
  type ProjectSettings,
  type SettingName,
} from '../../config/project-file/project-settings.js';
import { nodeDocumentFiles } from '../../platform/document-files.js';
import { InvalidDocuments } from '../command-error.js';
import { environmentSettings } from './environment-settings.js';

/** Origin of a value, in descending precedence. */
export type SettingOrigin = 'command line' | 'environment' | 'project file' | 'default';

export interface Resolved {
  readonly settings: ProjectSettings;
  readonly origins: Readonly<Record<SettingName, SettingOrigin>>;
  /** The origin of each label, by key ascending. */
  readonly label_origins: ReadonlyMap<string, SettingOrigin>;
  /** The effective project file; undefined if there is none. */
  readonly file: ProjectFile | undefined;
}

type Layer = readonly [SettingOrigin, Partial<ProjectSettings>];

/**
 * The effective settings in the working directory: the command line over the environment over the project
 * file over the defaults, setting by setting. Each label is a separate setting.
 *
 * @throws UsageError, InvalidDocuments
 */
export async function resolveSettings(
  given: Partial<ProjectSettings>,
  env: NodeJS.ProcessEnv,
): Promise<Resolved> {
  const file = await projectFile();
  const layers: readonly Layer[] = [
    ['command line', given],
    ['environment', environmentSettings(env)],
    ['project file', file?.settings ?? {}],
    ['default', DEFAULT_SETTINGS],
  ];
  const strongest = (name: SettingName): Layer => layers.find(([, layer]) => layer[name] !== undefined)!;
  const { labels, origins } = mergedLabels(layers);
  const values = SETTING_NAMES.map((name) => [name, strongest(name)[1][name]]);
  return {
    settings: { ...(Object.fromEntries(values) as ProjectSettings), labels },
    origins: Object.fromEntries(
      SETTING_NAMES.map((name) => [name, strongest(name)[0]]),
    ) as Resolved['origins'],
    label_origins: origins,
    file,
  };
}

function mergedLabels(layers: readonly Layer[]): {
  readonly labels: Labels;
  readonly origins: ReadonlyMap<string, SettingOrigin>;
} {
  const keys = [...new Set(layers.flatMap(([, layer]) => Object.keys(layer.labels ?? {})))].sort();
  const found = keys.map((key) => {
    const [origin, layer] = layers.find(([, { labels = {} }]) => Object.hasOwn(labels, key))!;
    return { key, value: layer.labels![key]!, origin };
  });
  return {
    labels: Object.fromEntries(found.map(({ key, value }) => [key, value])),
    origins: new Map(found.map(({ key, origin }) => [key, origin])),
  };
}

async function projectFile(): Promise<ProjectFile | undefined> {
  const path = findProjectFile(process.cwd(), nodeDocumentFiles);
  if (path === undefined) return undefined;
  // Most projects have none, and the loader loads the readers of documents.
  const { loadProjectFile } = await import('../../config/project-file/load-project-file.js');
  const loaded = loadProjectFile(path, nodeDocumentFiles);
  if (!loaded.ok) throw new InvalidDocuments(loaded.problems);
  return loaded.value;
}
