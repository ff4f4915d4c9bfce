import type { RunView } from '../../inspect/index.js';

/** Values of a run that can be published: they follow from the scenario alone. */
export interface PublishedNumbers {
  /** C_t of the first ticks; null if the run has no such tick. */
  readonly chain: readonly (number | null)[];
  /** The checks of the manifests of its windows. */
  readonly checks: readonly number[];
}

/** Number of ticks with a published chain value. */
const TICKS = 8;

export async function publishedNumbers(view: RunView): Promise<PublishedNumbers> {
  const chain: (number | null)[] = [];
  for (let tick = 1; tick <= TICKS; tick++) {
    const block = await view.pBlock(tick);
    chain.push(block.ok ? block.value.C_t : null);
  }
  const checks: number[] = [];
  for (const { window_id } of (await view.inputs()).run.windows) {
    const manifest = await view.manifest(window_id);
    if (manifest.ok) checks.push(manifest.value.manifest_check);
  }
  return { chain, checks };
}
