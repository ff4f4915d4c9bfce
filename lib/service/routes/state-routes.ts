import { operation, type Operation } from '../http/operation.js';
import { liveCards } from '../runs/run-directory.js';
import { idleCards } from '../runs/pillar-cards.js';
import { scenarioSummary } from '../scenarios/scenario-views.js';
import type { ServiceContext } from '../service-context.js';
import type { PillarStatus } from '../wire/pillar.js';
import type { OperatorState, RunStatus } from '../wire/run-status.js';
import { ref } from '../wire/schema.js';
import type { ScenarioSummary } from '../wire/scenario.js';

/** Milliseconds for which the state of a running run is shown again. */
const LIVE_MS = 10;

/** GET /state: one glance at everything. */
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
        'The run is the one started last; null when this service has started none. Its end stays visible.',
      success: { status: 200, description: 'The state.', schema: ref('OperatorState') },
      handle: async () => {
        const { stateVersion, clock, supervisor } = context;
        const now = clock.now();
        if (ready?.version === stateVersion && now < ready.until) return { json: ready.json };
        const json = Buffer.from(JSON.stringify(await operatorState(context)));
        ready = { version: stateVersion, until: now + (supervisor.active.length > 0 ? LIVE_MS : 1000), json };
        return { json };
      },
    }),
  ];
}

async function operatorState(context: ServiceContext): Promise<OperatorState> {
  const { supervisor } = context;
  return {
    run: await latestRun(context),
    active_scenario: activeScenario(context),
    pillars: await pillars(context),
    active_runs: supervisor.active.map((handle) => handle.status()),
  };
}

async function latestRun({ supervisor, interrupted, directory }: ServiceContext): Promise<RunStatus | null> {
  if (supervisor.latest !== undefined) return supervisor.latest.status();
  return interrupted === null ? null : directory.status(interrupted);
}

function activeScenario({ active, catalogue }: ServiceContext): ScenarioSummary | null {
  const scenario = active.id === null ? undefined : catalogue.registry.get(active.id);
  return scenario === undefined ? null : scenarioSummary(scenario);
}

async function pillars({
  supervisor,
  interrupted,
  directory,
}: ServiceContext): Promise<readonly PillarStatus[]> {
  const { latest } = supervisor;
  if (latest === undefined) return interrupted === null ? idleCards() : directory.pillars(interrupted);
  return latest.end?.recorded === true ? directory.pillars(latest.id) : liveCards(latest);
}
