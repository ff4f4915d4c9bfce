import { loadManifests, type ScenarioRegistry } from '../../lib/config/index.js';
import { memoryFiles } from './memory-files.js';
import { SAMPLES } from './sample-documents.js';

type Texts = Readonly<Record<string, string>>;

/** The registry of the sample files with replaced texts; throws with the problems if they are invalid. */
export function registryOf(files: readonly string[], texts: Texts = {}, profile?: string): ScenarioRegistry {
  const loaded = loadManifests(
    files,
    memoryFiles({ ...SAMPLES, ...texts }),
    profile === undefined ? {} : { profile },
  );
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.problems));
  return loaded.value;
}

/** `file:line:column code hint` of every problem of loading. */
export function loadProblems(files: readonly string[], texts: Texts = {}, profile?: string): string[] {
  const loaded = loadManifests(
    files,
    memoryFiles({ ...SAMPLES, ...texts }),
    profile === undefined ? {} : { profile },
  );
  return loaded.ok
    ? []
    : loaded.problems.map(({ file, line, column, code, hint }) =>
        `${file}:${line}:${column} ${code} ${hint ?? ''}`.trim(),
      );
}
