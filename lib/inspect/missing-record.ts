import type { ArtefactKind } from '../run/records.js';
import { notFound, type NotFound } from './lookup.js';
import { nearNames } from './near-names.js';
import type { RunArtefacts } from './run-artefacts.js';

/** Why a run cannot have a record of a kind, at a tick if one is given; undefined if it may have one. */
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

/** The artefact has no record at that tick. */
export function noSuchTick(artefacts: RunArtefacts, kind: ArtefactKind, tick: number): NotFound {
  const last = artefacts.entry(kind)?.chunks.at(-1)?.last_tick ?? artefacts.record.ticks_completed;
  const nearest = tick < 1 ? 1 : last;
  const near = last === 0 || nearest === tick ? [] : [`tick ${String(nearest)}`];
  return notFound(`tick ${String(tick)} in ${kind}`, near);
}

/** The run has no artefact of that kind. */
export function notRecorded({ record }: RunArtefacts, kind: string): NotFound {
  const kinds = record.artefacts.map((artefact) => artefact.kind);
  const near = nearNames(kind, kinds);
  return notFound(`artefact ${kind}`, near.length > 0 ? near : kinds, 'not_recorded');
}
