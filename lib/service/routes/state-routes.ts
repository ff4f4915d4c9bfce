import { operation, type Operation } from '../http/operation.js';
import { liveCards } from '../runs/run-directory.js';
import { idleCards } from '../runs/pillar-cards.js';
import { scenarioSummary } from '../scenarios/scenario-views.js';
import type { ServiceContext } from '../service-context.js';
import { OPERATOR_STATE, type OperatorState } from '../wire/run-status.js';
import { ref } from '../wire/named-schema.js';
import type { ScenarioSummary } from '../wire/scenario.js';

/** Milliseconds for which the state of a running run is cached. */
const LIVE_MS = 10;

/** GET /state: the summary for the operator. */
export function stateRoutes(context: ServiceContext): Operation[] {
  let ready: { readonly version: number; readonly until: number; readonly json: Buffer } | undefined;
  return [
    operation({
      id: 'getState',
      method: 'get',
      path: '/state',
      tag: 'dashboard',
      summary: 'Current run, active scenario and pillars',
      description:
        'The run is the last one that this service started, also after its end; null if it has started none.',
      success: { status: 200, description: 'The state.', schema: ref(OPERATOR_STATE) },
      handle: async () => {
        const { stateVersion, clock, supervisor } = context;
        const now = clock.monotonic();
        if (ready?.version === stateVersion && now < ready.until) return { json: ready.json };
        const json = Buffer.from(JSON.stringify(await operatorState(context)));
        ready = { version: stateVersion, until: now + (supervisor.active.length > 0 ? LIVE_MS : 1000), json };
        return { json };
      },
    }),
  ];
}

/**
 * Runs as of one moment: past cards are read from the tree, and runs started meanwhile belong to the next
 * answer.
 */
async function operatorState(context: ServiceContext): Promise<OperatorState> {
  const { supervisor, interrupted, directory, boot_id } = context;
  const { latest } = supervisor;
  const active_runs = supervisor.active.map((handle) => handle.status());
  const active_scenario = activeScenario(context);
  if (latest === undefined) {
    if (interrupted === null)
      return { boot_id, run: null, active_scenario, pillars: idleCards(), active_runs };
    const [run, pillars] = [await directory.status(interrupted), await directory.pillars(interrupted)];
    return { boot_id, run, active_scenario, pillars, active_runs };
  }
  const run = latest.status();
  const pillars = latest.isOver ? await directory.pillars(latest.id) : liveCards(latest);
  return { boot_id, run, active_scenario, pillars, active_runs };
}

function activeScenario({ active, catalogue }: ServiceContext): ScenarioSummary | null {
  const scenario = active.id === null ? undefined : catalogue.known.get(active.id);
  return scenario === undefined ? null : scenarioSummary(scenario);
}
