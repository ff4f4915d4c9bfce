import type { ServiceContext } from '../service-context.js';
import { patched, snapshotOf } from '../state/base-governance.js';
import type { GovernancePatch, GovernancePreview } from '../wire/governance.js';
import { Refusal } from '../http/problems.js';
import { planRun } from './run-plan.js';

/** What a change of the base governance would do: to its snapshot, and to the inputs of every scenario that has a golden. */
export async function previewGovernance(
  context: ServiceContext,
  patch: GovernancePatch,
): Promise<GovernancePreview> {
  const { governance, catalogue, goldens, budget } = context;
  const after = patched(governance.knobs, patch);
  const registry = catalogue.fresh();
  const accepted = (await goldens?.inputKeys(registry)) ?? new Map<string, string>();
  const rows: GovernancePreview['goldens'][number][] = [];
  for (const scenario of registry.scenarios) {
    if (scenario.golden === false && !accepted.has(scenario.id)) continue;
    try {
      const plain = { registry, budget, governance: { mode: null, budget: {} } };
      const before = planRun({ scenario_id: scenario.id }, plain);
      const planned = planRun({ scenario_id: scenario.id }, { ...plain, governance: after });
      const key = accepted.get(before.name) ?? before.input_key;
      rows.push({ name: before.name, scenario_id: scenario.id, changes: planned.input_key !== key });
    } catch (error) {
      // A scenario whose documents do not hold has nothing that could change.
      if (!(error instanceof Refusal)) throw error;
    }
  }
  return { before: governance.snapshot(), after: snapshotOf(after), goldens: rows };
}
