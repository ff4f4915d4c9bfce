import { AetherError } from '../../base/errors.js';
import { ARTEFACT_KINDS, type ArtefactKind } from '../../session/records.js';
import type { ArtefactEntry } from '../../store/record-types.js';
import { found, notFound, type Lookup, type NotFound } from '../find/lookup.js';
import { nearNames } from '../find/near-names.js';
import type { RunArtefacts } from './run-artefacts.js';

/** The record entry of an artefact. */
export function artefactEntry(artefacts: RunArtefacts, kind: string): Lookup<ArtefactEntry> {
  const entry = artefacts.entry(kind);
  return entry === undefined ? notRecorded(artefacts, kind) : found(entry);
}

/** Why a run cannot have a record of a kind, at a tick if given; undefined if it may have one. */
export function missingRecord(
  artefacts: RunArtefacts,
  kind: ArtefactKind,
  tick?: number,
): NotFound | undefined {
  if (artefacts.entry(kind) === undefined) return notRecorded(artefacts, kind);
  const { ticks_completed } = artefacts.record;
  const isTick = tick === undefined || (Number.isInteger(tick) && tick >= 1 && tick <= ticks_completed);
  return isTick ? undefined : noSuchTick(artefacts, kind, tick);
}

/** The artefact has no record at the tick; near is a tick at which it has one. */
export function noSuchTick(artefacts: RunArtefacts, kind: ArtefactKind, tick: number): NotFound {
  const entry = artefacts.entry(kind);
  if (entry?.records === 0) return nothingThere(kind, tick);
  const first = entry?.chunks[0]?.first_tick ?? 1;
  const last = entry?.chunks.at(-1)?.last_tick ?? artefacts.record.ticks_completed;
  const nearest = tick < first ? first : last;
  return notFound(`tick ${String(tick)} in ${kind}`, nearest === tick ? [] : [`tick ${String(nearest)}`]);
}

/**
 * Why a run cannot have an I-block at a tick; undefined if it has one. Near are the nearest ticks with one.
 */
export async function missingIBlock(artefacts: RunArtefacts, tick: number): Promise<NotFound | undefined> {
  const entry = artefacts.entry('loom_i_blocks');
  if (entry === undefined) return notRecorded(artefacts, 'loom_i_blocks');
  if (entry.records === 0) return nothingThere('loom_i_blocks', tick);
  const { ticks_completed } = artefacts.record;
  const spacing = (await artefacts.inputs()).profile.I_block_spacing_W;
  const has = (at: number): boolean => at >= spacing && at <= ticks_completed && at % spacing === 0;
  if (has(tick)) return undefined;
  const before = Math.floor(Math.max(0, Math.min(tick, ticks_completed)) / spacing) * spacing;
  const near = [before, before + spacing].filter(has);
  near.sort((a, b) => Math.abs(a - tick) - Math.abs(b - tick));
  return notFound(
    `tick ${String(tick)} in loom_i_blocks`,
    near.map((at) => `tick ${String(at)}`),
  );
}

/** The run ended before the first record of the artefact. */
function nothingThere(kind: ArtefactKind, tick: number): NotFound {
  return notFound(`tick ${String(tick)} in the empty ${kind}`, [], 'not_recorded');
}

/** The run has no artefact of the kind; near are its kinds, the most similar first. */
function notRecorded({ record }: RunArtefacts, kind: string): NotFound {
  const kinds = record.artefacts.map((artefact) => artefact.kind);
  const near = nearNames(kind, kinds);
  const others = kinds.filter((other) => !near.includes(other));
  return notFound(`artefact ${kind}`, [...near, ...others], 'not_recorded');
}

/** The run has no metrics record; the artefact may exist and be empty. */
export function noMetrics(artefacts: RunArtefacts): NotFound {
  return artefacts.entry('metrics') === undefined
    ? notRecorded(artefacts, 'metrics')
    : notFound('metrics record', [], 'not_recorded');
}

/** No run has artefacts of the kind. */
export function unknownKind(kind: string): AetherError {
  const kinds = ARTEFACT_KINDS.join(', ');
  return new AetherError('RUN_ARTEFACT_UNKNOWN', `there is no artefact kind ${kind}; there are ${kinds}`);
}
