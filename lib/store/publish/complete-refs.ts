import { AetherError } from '../../base/errors.js';
import type { RunId } from '../../base/run-id.js';
import type { DiskReader } from '../disk-reader.js';
import { relative } from '../layout.js';
import { sealRef } from '../record-file.js';
import type { DiskRuns } from '../disk-runs.js';
import type { RunRecord } from '../record-types.js';
import { refClaim, refHeirs } from '../ref-claims.js';
import type { StoreNotice } from '../sharing/notice.js';
import type { WriterLease } from '../sharing/writer-lease.js';
import { namedBy } from './commit-group.js';
import type { DurableWriter } from './durable-writer.js';

export interface CompletionParts {
  readonly reader: DiskReader;
  readonly writer: DurableWriter;
  readonly lease: WriterLease;
  readonly notice: (notice: StoreNotice) => void;
}

interface Owed {
  readonly path: string;
  readonly run: RunId;
}

/**
 * Writes the references that a killed or failing writer owed to its runs: those of runs that are not in the
 * index yet. A name goes to the run that arrived last; a free key to a run that answers for it. Returns the
 * number of runs added to the index. The names of all those records are durable afterwards.
 */
export async function completeRefs(
  parts: CompletionParts,
  index: Pick<DiskRuns, 'newcomers' | 'vouchFor'>,
): Promise<number> {
  try {
    const ids = index.newcomers();
    const owing = new Set<string>();
    // The writer may have been killed between creating the record and syncing its directory: a durable
    // reference must not name a record that is not durable.
    if (ids.length > 0) await parts.writer.settle('runs');
    // With exclusive access: a run published meanwhile must not lose its name to an older one.
    if (owedTo(parts.reader, ids).length > 0) await parts.lease.exclusively(() => write(parts, ids, owing));
    for (const id of ids) if (!owing.has(id)) index.vouchFor(id);
    return ids.length - owing.size;
  } catch (error) {
    // Verify reports a damaged tree; refs that cannot be completed now are completed later.
    if (!(error instanceof AetherError)) throw error;
    return 0;
  }
}

async function write(parts: CompletionParts, ids: readonly string[], owing: Set<string>): Promise<void> {
  const owed = owedTo(parts.reader, ids);
  let refs = owed.length;
  const files = owed.map(({ path, run }) => ({
    path,
    content: sealRef(run),
    mode: 0o644,
    fail: ({ message }: Error): void => {
      refs -= 1;
      owing.add(run);
      parts.notice({ type: 'ref_owed', path, run, message });
    },
  }));
  await parts.writer.write(files);
  if (refs > 0) parts.notice({ type: 'refs_completed', refs });
}

function owedTo(reader: DiskReader, ids: readonly string[]): readonly Owed[] {
  const runs = ids.map((id) => reader.readableRun(id)).filter((run) => run !== undefined);
  const named = standing(
    reader,
    'scenarios',
    runs.map(({ name }) => name),
  );
  const answering = standing(
    reader,
    'keys',
    runs.map((run) => run.input_key),
  );
  const heirs = refHeirs([...runs, ...named.values()].map(refClaim));
  const owed: Owed[] = [];
  for (const [name, run] of heirs.scenarios) {
    if (named.get(name)?.id !== run) owed.push({ path: relative.ref('scenarios', name), run });
  }
  for (const [key, run] of refHeirs(runs.filter(({ answers }) => answers === true).map(refClaim)).keys) {
    if (!answering.has(key)) owed.push({ path: relative.ref('keys', key), run });
  }
  return owed;
}

/** The run that a ref names, by name of the ref. */
function standing(
  reader: DiskReader,
  space: 'keys' | 'scenarios',
  names: readonly string[],
): ReadonlyMap<string, RunRecord> {
  const found = [...new Set(names)].map((name) => [name, namedBy(reader, space, name)] as const);
  return new Map(found.flatMap(([name, run]) => (run === undefined ? [] : [[name, run] as const])));
}
