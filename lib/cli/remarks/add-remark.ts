import type { Labels } from '../../base/label.js';
import type { RunId } from '../../base/run-id.js';
import { newId } from '../../execution/new-id.js';
import { systemClock } from '../../platform/clock.js';
import type { ArtefactStore } from '../../store/port.js';
import type { Remark } from '../../store/remarks/remark.js';
import { runRemarks } from '../../store/remarks/run-remarks.js';
import type { CommandContext } from '../command-context.js';
import { judgeName } from '../golden/judge-name.js';

/** Content of a remark, and its author if the call names one. */
export interface Said {
  readonly runs: readonly RunId[];
  readonly labels?: Readonly<Record<string, string | null>>;
  readonly note?: string;
  readonly by?: string | undefined;
}

/** Author of a remark if neither the call nor the environment, git or the system provides one. */
const NOBODY = 'unknown';

/** Stores a remark with its time and author. */
export async function addRemark(
  store: ArtefactStore,
  { by, ...said }: Said,
  { env }: CommandContext,
): Promise<Remark> {
  const author = (await judgeName(by, env)) ?? NOBODY;
  return store.addRemark({
    id: newId(systemClock.now(), Math.random),
    at: new Date(systemClock.now()).toISOString(),
    by: author,
    ...said,
  });
}

/** Sets labels on runs; runs that already have them are skipped, and nothing is written if all have. */
export async function setLabels(
  store: ArtefactStore,
  {
    runs,
    labels,
    by,
  }: { readonly runs: Iterable<RunId>; readonly labels: Labels; readonly by?: string | undefined },
  context: CommandContext,
): Promise<void> {
  const wanted = Object.entries(labels);
  if (wanted.length === 0) return;
  const known = runRemarks(await store.remarks());
  const lacking = [...new Set(runs)].filter((run) => {
    const own = known.get(run)?.labels ?? {};
    return wanted.some(([key, value]) => own[key] !== value);
  });
  if (lacking.length > 0) await addRemark(store, { runs: lacking, labels, by }, context);
}
