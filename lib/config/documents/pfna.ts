import { byCodeUnit } from '../../base/code-units.js';
import { isInt } from '../../base/integers.js';
import { parseConfigRunId } from '../../base/run-id.js';
import type { Pfna, PfnaEntry } from '../../engine/inputs.js';
import type { PfnaDocument } from '../schemas/pfna.js';
import { childOf, isList, isMap } from '../source/path.js';
import type { CheckContext } from './loaded.js';
import { transformValue, type PfnaTransform } from './pfna-transform.js';

/** Checks that a schema cannot express; accepts documents that do not match their schema. */
export function checkPfna(context: CheckContext): void {
  const { view, problems } = context;
  const transform = transformOf(view.value);
  const { clamp_min, clamp_max } = transform;
  if (clamp_min !== null && clamp_max !== null && clamp_min > clamp_max) {
    const expected = `at most clamp_max, ${String(clamp_max)}`;
    const message = '"clamp_min" must not exceed clamp_max';
    problems.at(view, ['transform', 'clamp_min'], { code: 'clamp-order', message, expected });
  }
  const entries = childOf(view.value, 'entries');
  if (!isList(entries)) return;
  const seen = new SeenEntries(entries);
  entries.forEach((entry, index) => {
    if (!isMap(entry)) return;
    checkRepeat(entry, index, { ...context, seen });
    checkValues(entry, index, { ...context, transform });
  });
}

function checkRepeat(
  { tick, pfna_id }: Readonly<Record<string, unknown>>,
  index: number,
  { view, problems, seen }: CheckContext & { readonly seen: SeenEntries },
): void {
  if (!isInt(tick) || typeof pfna_id !== 'string') return;
  const first = seen.first(tick, pfna_id, index);
  if (first === index) return;
  const hint = `entry ${String(first)} has the same tick and pfna_id`;
  const message = 'a tick may not have two entries of one pfna_id';
  problems.at(view, ['entries', index, 'pfna_id'], { code: 'entry-repeated', message, hint });
}

/** The entries visited so far. Most ticks have one entry, so only further entries need a text key. */
class SeenEntries {
  readonly #entries: readonly unknown[];
  readonly #ticks = new Map<number, number>();
  readonly #further = new Map<string, number>();

  constructor(entries: readonly unknown[]) {
    this.#entries = entries;
  }

  /** Index of the first entry with this tick and id: this one, or an earlier one. */
  first(tick: number, pfna_id: string, index: number): number {
    const ofTick = this.#ticks.get(tick);
    if (ofTick === undefined) {
      this.#ticks.set(tick, index);
      return index;
    }
    if (childOf(this.#entries[ofTick], 'pfna_id') === pfna_id) return ofTick;
    const key = `${String(tick)} ${pfna_id}`;
    const known = this.#further.get(key) ?? index;
    this.#further.set(key, known);
    return known;
  }
}

function checkValues(
  { values }: Readonly<Record<string, unknown>>,
  index: number,
  { view, problems, transform }: CheckContext & { readonly transform: PfnaTransform },
): void {
  if (!isList(values)) return;
  values.forEach((value, at) => {
    if (!isInt(value)) return;
    const result = transformValue(value, at, transform);
    if ('audit' in result) return;
    const message = `the transformed value ${String(result.tooLarge)} is beyond 2^53-1`;
    problems.at(view, ['entries', index, 'values', at], { code: 'transform-range', message });
  });
}

function transformOf(document: unknown): PfnaTransform {
  const raw = childOf(document, 'transform');
  const field = (name: keyof PfnaTransform): number | null => {
    const value = childOf(raw, name);
    return isInt(value) ? value : null;
  };
  return {
    scale: field('scale') ?? 1,
    origin: field('origin') ?? 0,
    clamp_min: field('clamp_min'),
    clamp_max: field('clamp_max'),
  };
}

/** The PFNA entries of a run: transformed, and sorted by tick and id. */
export function buildPfna(raw: PfnaDocument): Pfna {
  const transform = transformOf(raw);
  const { pfna_id, gid, nid } = raw;
  const run_id = parseConfigRunId(raw.run_id)!;
  const entries = raw.entries.map((entry) => buildEntry(entry, transform)).sort(compareEntries);
  return { pfna_id, gid, run_id, nid, entries };
}

function buildEntry(
  { pfna_id, tick, values, description }: PfnaDocument['entries'][number],
  transform: PfnaTransform,
): PfnaEntry {
  const audit: PfnaEntry['audit'][number][] = [];
  for (const [index, value] of values.entries()) {
    const result = transformValue(value, index, transform);
    if ('audit' in result) audit.push(result.audit);
  }
  const entry = { pfna_id, tick, values: audit.map(({ clamped }) => clamped), audit };
  return typeof description === 'string' ? { ...entry, description } : entry;
}

function compareEntries(a: PfnaEntry, b: PfnaEntry): number {
  if (a.tick !== b.tick) return a.tick - b.tick;
  return byCodeUnit(a.pfna_id, b.pfna_id);
}
