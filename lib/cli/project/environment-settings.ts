import { delimiter } from 'node:path';
import {
  isLabelKey,
  isLabelValue,
  LABEL_KEY_FORM,
  LABEL_VALUE_FORM,
  parseLabel,
  type Labels,
} from '../../base/label.js';
import { nearestHint } from '../../config/nearest.js';
import type { ProjectSettings, SettingName } from '../../config/project-file/project-settings.js';
import { REPORTERS, type ReporterName } from '../../config/reporter-names.js';
import { MAX_JOBS } from '../../config/limits.js';
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
 * The settings in the environment; an empty variable counts as not set.
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
    ...read('labels', labels),
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

/** `key=value` separated by commas, or a JSON object, whose values may be any text. */
function labels(text: string): Labels {
  if (!text.trimStart().startsWith('{')) return Object.fromEntries(text.split(',').map(label));
  const entries = Object.entries(jsonObject(text));
  for (const [key, value] of entries) {
    if (isLabelKey(key) && typeof value === 'string' && isLabelValue(value)) continue;
    throw new UsageError(
      `a key of AETHER_LABELS must be ${LABEL_KEY_FORM}, its value ${LABEL_VALUE_FORM}, got ${JSON.stringify({ [key]: value })}`,
    );
  }
  return Object.fromEntries(entries) as Labels;
}

function jsonObject(text: string): object {
  try {
    return JSON.parse(text) as object;
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new UsageError(`AETHER_LABELS must be a JSON object when it begins with {: ${why}`);
  }
}

function label(text: string): [string, string] {
  const parsed = parseLabel(text.trim());
  if (parsed.ok) return [parsed.key, parsed.value];
  throw new UsageError(
    `AETHER_LABELS must be a list of ${parsed.expected}, got ${JSON.stringify(text)}`,
    'a value with a comma is written as JSON: {"key":"one, two"}',
  );
}
