/**
 * Documents: schemas, loader, resolver and scenario registry (engine contract, section 2; batch contract,
 * section 1).
 *
 * YAML or JSON text becomes a plain tree that records the place of each part; a JSON Schema (published under
 * docs/schemas) and further checks find every problem of every document at once; the resolver follows
 * references, checks documents against each other, fills in defaults and returns `RunInputs`.
 *
 * Invariants: a problem is a value, never an exception, and names file, line, column and pointer; no number
 * is rounded; hostile input (depth, aliases, size, `__proto__`) is refused with a message; documents that
 * runs share are read and validated once and are the same objects.
 */
export { DEFAULT_LIMITS, type DocumentLimits } from './limits.js';
export { mergeProblems } from './problem-list.js';
export { PROBLEM_CODES } from './problem-codes.js';
export { renderProblem } from './render-problem.js';
export { DOCUMENT_SCHEMAS, publishedSchemas, type DocumentKind } from './schemas/index.js';

export { parseOverride, overrideFromKey, overridePath, type Override } from './override.js';
export { shortKey } from './sweep/short-keys.js';
export { overrideKey } from './manifest/sweep-keys.js';
export { loadManifests, loadRunConfigFile, type LoadOptions } from './manifest/load-manifests.js';
export type { DocumentPlaces } from './document-library.js';
export { projectOf, ProjectRoot } from './project-root.js';
export { ScenarioList } from './manifest/scenario-list.js';
export { ScenarioRegistry, type ScenarioDescription } from './manifest/scenario-registry.js';
export type { ManifestScenario } from './manifest/manifest-scenario.js';
export { cellBound, combinations, isSwept } from './sweep/combinations.js';
export { sweepKeys, withFixedAxes, type Sweep } from './sweep/sweep-axis.js';
export { MAX_CELLS, tooManyCells, tooManyTogether } from './sweep/too-many-cells.js';
export { ProblemSet } from './problem-set.js';
export { validateFile, type FileVerdict } from './validate-file.js';
