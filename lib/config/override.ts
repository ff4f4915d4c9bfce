import type { Json } from '../base/canonical-json.js';
import { invalid, ok, type Checked, type Problem } from '../base/problem.js';
import { DEFAULT_LIMITS } from './limits.js';
import { nearestHint } from './nearest.js';
import { problemAt } from './problem-list.js';
import { OVERRIDE_ROOTS, SCHEMA_OF_ROOT, type OverrideRoot } from './override-schemas.js';
import { DOCUMENT_SCHEMAS } from './schemas/index.js';
import type { SchemaNode } from '../base/schema.js';
import { leafPaths, pointerOf, type Path } from './source/path.js';
import { parseText } from './source/read-document.js';
import type { DocumentView, Place, PlacePart } from './source/view.js';

/** A value set in one of the documents of a run before the documents are validated. */
export interface Override {
  readonly root: OverrideRoot;
  /** Keys, and 0-based list indexes, below the root. */
  readonly path: Path;
  readonly value: Json;
  /** Used as file name in problems caused by the override if no document contains it. */
  readonly origin: string;
  /**
   * Texts of numbers that are not safe integers, by pointer in the value; the value has NaN in their place,
   * which is refused.
   */
  readonly odd?: Readonly<Record<string, string>>;
  /** Base directory of a relative path in the value; absent: that of the manifest of the scenario. */
  readonly base_dir?: string;
  /** Finds the place of the override in a document, for problems; absent if no document contains it. */
  readonly origins?: OverrideOrigins;
}

/** Place of an override in a document: paths of its key and of its value. */
export interface WrittenOverride {
  readonly view: DocumentView;
  readonly key: Path;
  readonly value: Path;
}

/** The document that contains a set of overrides. */
export interface OverrideOrigins {
  written(override: Override): WrittenOverride | undefined;
}

/**
 * Parses `root.path=value`, the form of -S. The value is a YAML scalar or flow value; relative paths in it
 * are relative to the working directory.
 */
export function parseOverride(text: string): Checked<Override> {
  const origin = `-S ${text}`;
  const equals = text.indexOf('=');
  const refuse = (message: string, hint?: string): Checked<never> =>
    invalid([badOverride(origin, message, hint)]);
  if (equals < 0) return refuse('an override must have the form path=value', 'for example run.ticks=64');
  const key = text.slice(0, equals).trim();
  const root = rootOf(key);
  if (!root) {
    const first = /^[^.[]*/.exec(key)?.[0] ?? '';
    const hint = RUN_KEYS.includes(first) ? `write run.${key}` : (nearestHint(first, OVERRIDE_ROOTS) ?? '');
    return refuse(`a path must start with one of ${OVERRIDE_ROOTS.join(', ')} and a dot`, hint);
  }
  const parsed = parseText(origin, text.slice(equals + 1), DEFAULT_LIMITS);
  if (!parsed.document) {
    if (text.slice(equals + 1).trim() === '')
      return refuse('the value is missing', 'write "" for an empty text');
    return refuse(`the value cannot be parsed: ${parsed.problems[0]?.message ?? 'unknown reason'}`);
  }
  if (parsed.problems.length > 0) return refuse(`the value cannot be parsed: ${parsed.problems[0]!.message}`);
  const { document } = parsed;
  const made = overrideFromKey(key, document.value as Json, origin);
  if (!made.ok) return made;
  const odd: Record<string, string> = {};
  for (const path of leafPaths(document.value)) {
    const raw = document.oddNumber(path);
    if (raw !== undefined) odd[pointerOf(path)] = raw;
  }
  return ok({ ...made.value, base_dir: '.', ...(Object.keys(odd).length > 0 ? { odd } : {}) });
}

/**
 * An override from the key of a sweep axis: a RunConfig path (`ticks`, `initial_state[0]`), or one that
 * starts with `run.`, `profile.`, `topology.`, `pfna.`, `slp.` or `governance.`. The path is checked against
 * the schema of its document.
 */
export function overrideFromKey(key: string, value: Json, origin: string): Checked<Override> {
  const target = overrideTarget(key, origin);
  return target.ok ? overrideAt(target.value, value, origin) : target;
}

/** The target of a key: an override without its value. */
export type OverrideTarget = Pick<Override, 'root' | 'path'>;

/** The target of a key as in `overrideFromKey`, for many values of one key. */
export function overrideTarget(key: string, origin: string): Checked<OverrideTarget> {
  const root = rootOf(key) ?? 'run';
  const rest = rootOf(key) ? key.slice(root.length + 1) : key;
  const path = parsePath(rest);
  if (!path) {
    const hint = 'join keys with dots and put list indexes in brackets, such as edges[0].k';
    return invalid([badOverride(origin, `"${key}" is not a path`, hint)]);
  }
  const problem = checkPath(SCHEMA_OF_ROOT[root], path, { key, origin });
  return problem ? invalid([problem]) : ok({ root, path });
}

/** The override that sets a value at a target. */
export function overrideAt({ root, path }: OverrideTarget, value: Json, origin: string): Checked<Override> {
  const problem = checkValue(value, origin);
  return problem ? invalid([problem]) : ok({ root, path, value: withoutNegativeZero(value), origin });
}

/**
 * The path of an override from the root of its document; the governance block is also accessible through the
 * RunConfig.
 */
export function overridePath({ root, path }: Pick<Override, 'root' | 'path'>): Path {
  return root === 'governance' ? ['run', 'governance', ...path] : [root, ...path];
}

/**
 * Place of the key of an override, or of the value at a path in its value. `pointer` is used if no document
 * contains it.
 */
export function overridePlace(
  override: Override,
  { pointer, below, part }: { readonly pointer: string; readonly below?: Path; readonly part?: PlacePart },
): Place {
  const written = override.origins?.written(override);
  if (!written) return { file: override.origin, line: 0, column: 0, pointer };
  if (!below) return written.view.place(written.key, 'key');
  return written.view.place([...written.value, ...below], below.length > 0 ? part : 'value');
}

const RUN_KEYS = Object.keys(DOCUMENT_SCHEMAS.RunConfig.properties ?? {});

function rootOf(key: string): OverrideRoot | undefined {
  return OVERRIDE_ROOTS.find((root) => key.startsWith(`${root}.`));
}

const STEP = /(?:^|\.)([A-Za-z_][A-Za-z0-9_-]*)|\[(0|[1-9][0-9]{0,15})\]/y;

/** Components of `a.b[0].c`; undefined if the text is not such a path. */
function parsePath(text: string): Path | undefined {
  const path: (string | number)[] = [];
  STEP.lastIndex = 0;
  while (STEP.lastIndex < text.length) {
    const step = STEP.exec(text);
    if (!step) return undefined;
    path.push(step[1] ?? Number(step[2]));
  }
  return path.length > 0 && typeof path[0] === 'string' ? path : undefined;
}

/** Follows a path through a schema; a problem names the first component that no document can have. */
function checkPath(
  schema: SchemaNode,
  path: Path,
  { key, origin }: { readonly key: string; readonly origin: string },
): Problem | undefined {
  let node: SchemaNode | undefined = schema;
  for (const step of path) {
    if (typeof step === 'number') {
      if (!typesOf(node).includes('array'))
        return badOverride(origin, `in "${key}", [${String(step)}] does not follow a list`);
      node = node.items;
    } else {
      if (step === '__proto__' || step === 'constructor' || step === 'prototype')
        return badOverride(origin, `the key "${step}" is not allowed in any document`);
      if (!typesOf(node).includes('object'))
        return badOverride(origin, `in "${key}", "${step}" does not follow a map`);
      const child: SchemaNode | undefined = node.properties?.[step];
      const isFree = step.startsWith('x-') || node.additionalProperties !== false;
      if (!child && !isFree) {
        const hint = nearestHint(step, Object.keys(node.properties ?? {}));
        return badOverride(origin, `in "${key}", the key "${step}" is not known`, hint);
      }
      node = child;
    }
    // Below free maps everything is allowed.
    if (!node) return undefined;
  }
  return undefined;
}

/**
 * Values from outside a document follow the same rules: well-formed texts, no refused keys, limited depth.
 */
function checkValue(value: Json, origin: string): Problem | undefined {
  if (typeof value === 'number' || typeof value === 'boolean' || value === null) return undefined;
  if (typeof value === 'string' && !/\p{Surrogate}/u.test(value)) return undefined;
  const [first] = parseText('value.json', JSON.stringify(value), DEFAULT_LIMITS).problems;
  return first && badOverride(origin, `the value cannot be used: ${first.message}`);
}

function withoutNegativeZero(value: Json): Json {
  if (value === 0) return 0;
  if (typeof value !== 'object' || value === null) return value;
  if (isJsonList(value)) return value.map(withoutNegativeZero);
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, withoutNegativeZero(item ?? null)]),
  );
}

function isJsonList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}

function typesOf(node: SchemaNode): readonly string[] {
  return typeof node.type === 'string' ? [node.type] : (node.type ?? []);
}

function badOverride(origin: string, message: string, hint?: string): Problem {
  const place = { file: origin, line: 0, column: 0, pointer: '' };
  return problemAt(place, { code: 'bad-override', message, hint: hint === '' ? undefined : hint });
}
