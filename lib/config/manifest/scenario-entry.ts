import { isAbsolute, join } from 'node:path';
import type { Problem } from '../../base/problem.js';
import type { DocumentLibrary } from '../document-library.js';
import { mergeLayers, type Layer } from '../merged-view.js';
import type { OverrideOrigins } from '../override.js';
import type { Path } from '../source/path.js';
import { valueAt } from '../source/path.js';
import type { DocumentView } from '../source/view.js';
import type { ManifestScenario } from './manifest-scenario.js';

/** A scenario and the source of its RunConfig. */
export interface ScenarioEntry {
  readonly scenario: ManifestScenario;
  /** The RunConfig as written, before overrides; read on first use. */
  readonly runConfig: (library: DocumentLibrary) => RunConfigSource;
  /** Places of the values of the sweep; absent if no document contains them. */
  readonly sweep?: OverrideOrigins;
}

/** The value of a RunConfig, or why there is none. */
interface RunConfigSource {
  readonly view: DocumentView | undefined;
  readonly problems: readonly Problem[];
}

/** The RunConfig inside a document, over the defaults of that document. */
export function inlineRunConfig(view: DocumentView, base: Path): ScenarioEntry['runConfig'] {
  return once(() => ({ view: mergeLayers([{ view, base }, ...defaultsOf(view)]), problems: [] }));
}

/** The RunConfig in the file named by the value at `at`, over the defaults of the naming document. */
export function referencedRunConfig(view: DocumentView, at: Path): ScenarioEntry['runConfig'] {
  return once((library) => {
    const file = referencedPath(view, at);
    const place = view.place(at);
    const missing = library.checkFile(file, library.rootOf(place.file), () => place);
    if (missing) return { view: undefined, problems: [missing] };
    const { document, problems } = library.read(file, 'small');
    if (!document) return { view: undefined, problems };
    return { view: mergeLayers([{ view: document, base: [] }, ...defaultsOf(view)]), problems };
  });
}

/** A path in a document, relative to the working directory. */
export function referencedPath(view: DocumentView, at: Path): string {
  const written = String(valueAt(view.value, at));
  return isAbsolute(written) ? written : join(view.directory(at), written);
}

function defaultsOf(view: DocumentView): Layer[] {
  return valueAt(view.value, ['defaults']) === undefined ? [] : [{ view, base: ['defaults'] }];
}

function once(make: (library: DocumentLibrary) => RunConfigSource): ScenarioEntry['runConfig'] {
  let made: RunConfigSource | undefined;
  return (library) => (made ??= make(library));
}
