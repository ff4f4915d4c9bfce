import { checkOf, isObject } from '../../base/schema-check.js';
import {
  checkedBy,
  digest,
  id,
  node,
  oneOf,
  orNull,
  record,
  runId,
  text,
  type Infer,
} from '../../base/schema.js';
import type { CapturedGolden } from '../compare/capture.js';
import { ACCEPTANCE, goldenProblem, type GoldenRecord } from '../tree/golden-record.js';
import { portablePath } from '../places/elsewhere.js';
import type { GoldenTree } from '../tree/golden-tree.js';

/** Self-contained: it survives the run, the store and any cleanup. */
const PENDING = record('A pending result.', {
  schema: oneOf(['aether-golden-pending/1'], 'Marks the kind and version of the record.'),
  directory: orNull(
    text(
      'Target directory of an acceptance, relative to that of the goldens; null for the default directory of the run.',
    ),
  ),
  verdict: oneOf(['changed', 'missing'], 'Whether there was a golden.'),
  run: runId('Run with the result, as evidence while the store keeps it.'),
  golden: checkedBy(isCaptured, node<CapturedGolden>({ description: 'The golden and its files.' })),
});
export type PendingGolden = Infer<typeof PENDING>;

/** The check keeps failing, but no new judgement of the same bytes is requested. */
const REJECTED = record(
  'A rejected result.',
  {
    schema: oneOf(['aether-golden-rejected/1'], 'Marks the kind and version of the record.'),
    name: id('Run name.'),
    result_digest: digest('Digest of all results.'),
    rejected: ACCEPTANCE,
  },
  { pending: PENDING },
);
export type RejectedGolden = Infer<typeof REJECTED>;

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

const isPendingGolden = checkOf(PENDING);
const isRejected = checkOf(REJECTED);

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
function isCaptured(value: unknown): boolean {
  if (!isObject(value) || !isObject(value['files'])) return false;
  const { record, files } = value;
  if (goldenProblem(record) !== undefined) return false;
  const named = new Set((record as unknown as GoldenRecord).artefacts.flatMap(({ file }) => file ?? []));
  const given = Object.entries(files);
  return (
    given.length === named.size && given.every(([name, text]) => named.has(name) && typeof text === 'string')
  );
}

/** The slot of pending results for the golden of a run in a directory. */
export function slotOfSubject(
  tree: GoldenTree,
  { name, directory }: { readonly name: string; readonly directory: string },
): Slot {
  const isUsual = tree.identityOf(directory) === tree.identityOf(tree.directoryOf(name));
  return { name, directory: isUsual ? null : portablePath(tree.root, directory) };
}
