import type { RunView } from '../../inspect/index.js';

/** Numbers of a run that can be published: they follow from the scenario alone. */
export interface PublishedNumbers {
  /** C_t of the first ticks; null where the run has no such tick. */
  readonly chain: readonly (number | null)[];
  /** The checks of the manifests of its windows. */
  readonly checks: readonly number[];
}

/** Ticks whose chain value is published. */
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
