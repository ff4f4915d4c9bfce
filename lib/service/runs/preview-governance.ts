import type { ServiceContext } from '../service-context.js';
import { patched, snapshotOf } from '../state/base-governance.js';
import type { GovernancePatch, GovernancePreview } from '../wire/governance.js';

/**
 * Effect of a change of the base governance: on its snapshot, and on the inputs of every scenario with a
 * golden.
 */
export async function previewGovernance(
  context: ServiceContext,
  patch: GovernancePatch,
): Promise<GovernancePreview> {
  const { governance, catalogue, goldens, budget } = context;
  const after = patched(governance.knobs, patch);
  const accepted = (await goldens?.inputKeys(await catalogue.fresh())) ?? new Map<string, string>();
  const { value } = await catalogue.ask('preview', { after, accepted, budget });
  return { before: governance.snapshot(), after: snapshotOf(after), goldens: value };
}
