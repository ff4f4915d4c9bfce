import type { Json } from '../../base/canonical-json.js';
import { jsonDifferences } from '../../base/json-difference.js';
import type { RunId } from '../../base/run-id.js';
import { causalRank } from '../diff/causal-order.js';
import type { StoredRecord } from '../artefacts/record-chunk.js';
import type { RunView } from '../run-view.js';
import { budgetUsage, lifecycleEnvelopes, sessionConfig, sessionSections } from './session-records.js';

/** The first difference of a stored run from a session snapshot. */
interface SessionDifference {
  /** Null for fields of the whole run. */
  readonly tick: number | null;
  /** Section of the snapshot, such as `ledgers`. */
  readonly section: string;
  /** Artefact of the run; null for `config`. */
  readonly artefact: string | null;
  /** JSON pointer in the record. */
  readonly pointer: string;
  /** Absent if that side has no such record or field. */
  readonly snapshot?: Json;
  readonly run?: Json;
}

export interface SessionComparison {
  readonly run: RunId;
  readonly name: string;
  readonly equal: boolean;
  /** Records compared, by section. */
  readonly compared: Readonly<Record<string, number>>;
  /** Sections of the snapshot that do not describe the run itself, with the reason. */
  readonly passed_over: Readonly<Record<string, string>>;
  readonly first: SessionDifference | null;
}

const PASSED_OVER: Readonly<Record<string, string>> = {
  press_default_streams: 'defaults of the session; the windows of the run declare their streams',
};

type Found = SessionDifference & { readonly order: number };

/**
 * Compares a stored run with a session snapshot of the reference engine, or only with its `tick_result`,
 * record by record. The difference with the earliest tick is reported.
 */
export async function compareSession(run: RunView, snapshot: unknown): Promise<SessionComparison> {
  const { id, name } = run.record;
  const compared: Record<string, number> = {};
  const passed_over: Record<string, string> = {};
  const found: Found[] = [];
  const given = mapOf(mapOf(snapshot)['session'] ?? snapshot);
  const result = mapOf(given['tick_result'] ?? given);
  const inputs = await run.inputs();
  if (result['run_id'] !== undefined) {
    const at = { section: 'run_id', artefact: null, tick: null };
    found.push(...differences(at, result['run_id'] as Json, inputs.run.run_id, found.length));
  }
  if (given['config'] !== undefined) {
    const { press_default_streams: theirs, ...config } = mapOf(given['config']);
    if (theirs !== undefined)
      passed_over['config.press_default_streams'] = PASSED_OVER['press_default_streams']!;
    const { press_default_streams: _ours, ...own } = sessionConfig(inputs);
    compared['config'] = 1;
    found.push(
      ...differences({ section: 'config', artefact: null, tick: null }, config as Json, own, found.length),
    );
  }
  if (given['lifecycle_envelopes'] !== undefined) {
    const section = { name: 'lifecycle_envelopes', artefact: 'nap_envelopes' } as const;
    const { count, first } = await compareRecords(
      section,
      given['lifecycle_envelopes'],
      lifecycleEnvelopes(run),
    );
    compared[section.name] = count;
    if (first !== undefined) found.push({ ...first, order: found.length });
  }
  const sections = sessionSections(run, inputs);
  for (const section of sections) {
    const theirs = result[section.name];
    if (theirs === undefined) continue;
    const { count, first } = await compareRecords(section, theirs, section.records());
    compared[section.name] = count;
    if (first !== undefined) found.push({ ...first, order: found.length });
  }
  if (result['governance_budget_usage'] !== undefined) {
    const at = { section: 'governance_budget_usage', artefact: 'governance', tick: null };
    compared[at.section] = 1;
    const usage = (await budgetUsage(run)) ?? null;
    found.push(...differences(at, result['governance_budget_usage'] as Json, usage, found.length));
  }
  const known = new Set([
    ...Object.keys(compared),
    'run_id',
    'config',
    'lifecycle_envelopes',
    'tick_result',
    'session',
  ]);
  for (const extra of Object.keys(result).filter((key) => !known.has(key))) {
    const at = { section: extra, artefact: null, tick: null, pointer: '' };
    found.push({ ...at, snapshot: result[extra] as Json, order: found.length });
  }
  if (Object.keys(compared).length === 0) {
    found.push({ section: 'tick_result', artefact: null, tick: null, pointer: '', order: 0 });
  }
  found.sort((a, b) => (a.tick ?? Infinity) - (b.tick ?? Infinity) || a.order - b.order);
  const [first] = found;
  return { run: id, name, equal: first === undefined, compared, passed_over, first: withoutOrder(first) };
}

function withoutOrder(found: Found | undefined): SessionDifference | null {
  if (found === undefined) return null;
  const { order: _order, ...difference } = found;
  return difference;
}

interface Compared {
  readonly count: number;
  readonly first?: SessionDifference;
}

async function compareRecords(
  section: { readonly name: string; readonly artefact: string; readonly key?: string },
  theirs: unknown,
  records: AsyncIterable<StoredRecord>,
): Promise<Compared> {
  const { key } = section;
  const listed: readonly unknown[] = Array.isArray(theirs) ? theirs : [];
  const keyed = key === undefined ? undefined : new Map(Object.entries(mapOf(theirs)));
  let count = 0;
  let first: SessionDifference | undefined;
  for await (const own of records) {
    const wanted = keyed === undefined ? listed[count] : keyed.get(String(own[key!]));
    keyed?.delete(String(own[key!]));
    const at = { section: section.name, artefact: section.artefact, tick: tickOf(own) };
    first ??= differences(at, wanted as Json | undefined, own, 0)[0];
    count++;
  }
  const left = keyed === undefined ? listed.slice(count) : [...keyed.values()];
  for (const record of left) {
    const at = { section: section.name, artefact: section.artefact, tick: tickOf(mapOf(record)) };
    first ??= differences(at, record as Json, undefined, 0)[0];
  }
  return { count: count + left.length, ...(first === undefined ? {} : { first }) };
}

function differences(
  at: Pick<SessionDifference, 'section' | 'artefact' | 'tick'>,
  snapshot: Json | undefined,
  run: Json | undefined,
  order: number,
): Found[] {
  if (snapshot === undefined || run === undefined) {
    const sides = { ...(snapshot === undefined ? {} : { snapshot }), ...(run === undefined ? {} : { run }) };
    return [{ ...at, pointer: '', ...sides, order }];
  }
  for (const { pointer, a, b } of jsonDifferences(snapshot, run, causalRank)) {
    const sides = { ...(a === undefined ? {} : { snapshot: a }), ...(b === undefined ? {} : { run: b }) };
    return [{ ...at, pointer, ...sides, order }];
  }
  return [];
}

function tickOf(record: Readonly<Record<string, unknown>>): number | null {
  const { tick } = record;
  return typeof tick === 'number' ? tick : null;
}

function mapOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Readonly<Record<string, unknown>>)
    : {};
}
