import type { Digest } from '../../base/digest.js';
import {
  isDigest,
  isObject,
  isText,
  oneOf,
  orAbsent,
  orNull,
  shaped,
  textBy,
  textThat,
  type Shape,
} from '../../base/shape.js';
import { type RunId, parseRunId } from '../../base/run-id.js';
import { isStoreName } from '../../store/layout.js';
import type { CapturedGolden } from '../compare/capture.js';
import { goldenProblem, isAcceptance, type Acceptance, type GoldenRecord } from '../tree/golden-record.js';

/** A pending result. Self-contained: it survives the run, the store and any cleanup. */
export interface PendingGolden {
  readonly schema: 'aether-golden-pending/1';
  /**
   * Target directory of an acceptance, relative to that of the goldens; null for the default directory of the
   * run.
   */
  readonly directory: string | null;
  readonly verdict: 'changed' | 'missing';
  /** Run with the result, as evidence while the store keeps it. */
  readonly run: RunId;
  readonly golden: CapturedGolden;
}

/** A rejected result: the check keeps failing, but no new judgement of the same bytes is requested. */
export interface RejectedGolden {
  readonly schema: 'aether-golden-rejected/1';
  readonly name: string;
  readonly result_digest: Digest;
  readonly rejected: Acceptance;
  /** The rejected result, so that it can be reopened; absent in rejections of older versions. */
  readonly pending?: PendingGolden;
}

export type Waiting = PendingGolden | RejectedGolden;

/** Key of a pending result: a run, and the directory of its golden. */
export interface Slot {
  readonly name: string;
  /** As in a pending result. */
  readonly directory: string | null;
}

export function isPending(item: Waiting | undefined): item is PendingGolden {
  return item?.schema === 'aether-golden-pending/1';
}

/** Parses the file of a pending result, or returns why it is invalid. */
export function parseWaiting(text: string): Waiting | { readonly problem: string } {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { problem: 'is not JSON' };
  }
  const problem = isRejectedSchema(value) ? rejectedProblem(value) : pendingProblem(value);
  return problem === undefined ? (value as Waiting) : { problem };
}

const PENDING: Shape<PendingGolden> = {
  schema: oneOf(['aether-golden-pending/1']),
  directory: orNull(isText),
  verdict: oneOf(['changed', 'missing']),
  run: textBy(parseRunId),
  golden: isCaptured,
};

const isPendingGolden = shaped(PENDING);

const isRejected = shaped<RejectedGolden>({
  schema: oneOf(['aether-golden-rejected/1']),
  name: textThat(isStoreName),
  result_digest: isDigest,
  rejected: isAcceptance,
  pending: orAbsent(isPendingGolden),
});

function isRejectedSchema(value: unknown): boolean {
  return isObject(value) && value['schema'] === 'aether-golden-rejected/1';
}

function rejectedProblem(value: unknown): string | undefined {
  return isRejected(value) ? undefined : 'is not a rejected result';
}

function pendingProblem(value: unknown): string | undefined {
  return isPendingGolden(value) ? undefined : 'is not a pending result';
}

/** True if the texts are exactly those of the files named in the record, so that no other file is written. */
function isCaptured(value: unknown): value is CapturedGolden {
  if (!isObject(value) || !isObject(value['files'])) return false;
  const { record, files } = value;
  if (goldenProblem(record) !== undefined) return false;
  const named = new Set((record as unknown as GoldenRecord).artefacts.flatMap(({ file }) => file ?? []));
  const given = Object.entries(files);
  return given.length === named.size && given.every(([name, text]) => named.has(name) && isText(text));
}
