import { delimiter } from 'node:path';
import { parseLabel } from '../../base/label.js';
import { nearestHint } from '../../config/nearest.js';
import type { ProjectSettings, SettingName } from '../../config/project-file/project-settings.js';
import { REPORTERS, type ReporterName } from '../../config/reporter-names.js';
import { MAX_JOBS } from '../../config/schemas/project.js';
import { UsageError } from '../command-error.js';

/** The variable of each setting. */
export const VARIABLES: Readonly<Record<SettingName, string>> = {
  store: 'AETHER_STORE',
  manifests: 'AETHER_MANIFESTS',
  golden: 'AETHER_GOLDEN',
  jobs: 'AETHER_JOBS',
  reporters: 'AETHER_REPORTERS',
  output: 'AETHER_OUTPUT',
  labels: 'AETHER_LABELS',
};

/**
 * The settings that the environment has; a variable that is empty counts as not set.
 *
 * @throws UsageError
 */
export function environmentSettings(env: NodeJS.ProcessEnv): Partial<ProjectSettings> {
  const read = <K extends SettingName>(
    name: K,
    parse: (text: string) => ProjectSettings[K],
  ): Partial<Pick<ProjectSettings, K>> => {
    const text = env[VARIABLES[name]] ?? '';
    return text.trim() === '' ? {} : ({ [name]: parse(text) } as unknown as Pick<ProjectSettings, K>);
  };
  return {
    ...read('store', String),
    ...read('manifests', (text) => text.split(delimiter).filter((glob) => glob !== '')),
    ...read('golden', String),
    ...read('jobs', jobs),
    ...read('reporters', (text) => text.split(',').map(reporter)),
    ...read('output', String),
    ...read('labels', (text) => Object.fromEntries(text.split(',').map(label))),
  };
}

function jobs(text: string): number {
  const count = Number(text);
  if (/^[0-9]+$/.test(text) && count >= 1 && count <= MAX_JOBS) return count;
  throw new UsageError(
    `AETHER_JOBS must be an integer between 1 and ${String(MAX_JOBS)}, got ${JSON.stringify(text)}`,
  );
}

function reporter(word: string): ReporterName {
  const name = word.trim();
  const known = REPORTERS.find((one) => one === name);
  if (known !== undefined) return known;
  throw new UsageError(
    `AETHER_REPORTERS must be a list of ${REPORTERS.join(', ')}, got ${JSON.stringify(name)}`,
    nearestHint(name, REPORTERS),
  );
}

function label(text: string): [string, string] {
  const parsed = parseLabel(text.trim());
  if (parsed.ok) return [parsed.key, parsed.value];
  throw new UsageError(`AETHER_LABELS must be a list of ${parsed.expected}, got ${JSON.stringify(text)}`);
}
