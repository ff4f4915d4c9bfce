import type { RunId } from '../../base/run-id.js';
import { operation, type Operation } from '../http/operation.js';
import { RUN_ID } from '../http/path-params.js';
import { Refusal } from '../refusal.js';
import type { RunHandle } from '../runs/run-handle.js';
import type { ServiceContext } from '../service-context.js';
import { RUN_STATUS, START_RUN, STEP_RUN } from '../wire/run-status.js';
import { PILLAR_STATUS } from '../wire/pillar.js';
import { list } from '../../base/schema.js';
import { ref } from '../wire/named-schema.js';

const TAG = 'runs';
const STATUS = { status: 200, description: 'The run.', schema: ref(RUN_STATUS) };

/** Starting, stopping, pausing and stepping runs. */
export function runRoutes(context: ServiceContext): Operation[] {
  return [startRun(context), readRun(context), stopRun(context), ...pausing(context), readPillars(context)];
}

function startRun(context: ServiceContext): Operation {
  return operation({
    id: 'startRun',
    method: 'post',
    path: '/runs',
    tag: TAG,
    summary: 'Start a run of a scenario',
    body: { schema: START_RUN, required: true },
    success: {
      ...STATUS,
      status: 201,
      description: 'The started run.',
      headers: { location: 'Path of the run.' },
    },
    problems: ['unknown-scenario', 'run-active', 'diagnostics-active', 'invalid-document', 'over-budget'],
    handle: async ({ body }) => {
      context.occupancy.requireFreeForRun();
      const handle = await context.startRun(body);
      return { body: handle.status(), headers: { location: `/history/${encodeURIComponent(handle.id)}` } };
    },
  });
}

function readRun({ directory }: ServiceContext): Operation {
  return operation({
    id: 'getRun',
    method: 'get',
    path: '/runs/{run_id}',
    tag: TAG,
    summary: 'Status of a run',
    params: RUN_ID,
    success: STATUS,
    problems: ['unknown-run'],
    handle: async ({ params }) => ({ body: await directory.status(params.run_id) }),
  });
}

function stopRun(context: ServiceContext): Operation {
  return operation({
    id: 'stopRun',
    method: 'post',
    path: '/runs/{run_id}/stop',
    tag: TAG,
    summary: 'Stop a run at its next tick',
    description: 'Answers when the run has ended; its results so far are kept.',
    params: RUN_ID,
    success: STATUS,
    problems: ['unknown-run', 'run-not-active'],
    handle: async ({ params }) => {
      const handle = await context.directory.requireActive(params.run_id);
      context.stateVersion++;
      await context.supervisor.stop(handle);
      return { body: handle.status() };
    },
  });
}

function pausing(context: ServiceContext): Operation[] {
  return [
    control(context, {
      id: 'pauseRun',
      verb: 'pause',
      summary: 'Pause a run after its current tick',
      act: ({ control: block }) => block.pause(),
    }),
    control(context, {
      id: 'resumeRun',
      verb: 'resume',
      summary: 'Resume a paused run',
      act: ({ control: block }) => block.resume(),
    }),
    operation({
      id: 'stepRun',
      method: 'post',
      path: '/runs/{run_id}/step',
      tag: TAG,
      summary: 'Compute a number of ticks of a paused run',
      description:
        'The run pauses again after them. A run that is not paused pauses after that number of ticks.',
      params: RUN_ID,
      body: { schema: STEP_RUN, required: false },
      success: STATUS,
      problems: ['unknown-run', 'run-not-active'],
      handle: async ({ params, body }) => {
        const handle = await requireComputing(context, params.run_id);
        context.stateVersion++;
        handle.control.allow(body.ticks ?? 1);
        return { body: handle.status() };
      },
    }),
  ];
}

function control(
  context: ServiceContext,
  what: {
    readonly id: string;
    readonly verb: string;
    readonly summary: string;
    readonly act: (handle: RunHandle) => void;
  },
): Operation {
  return operation({
    id: what.id,
    method: 'post',
    path: `/runs/{run_id}/${what.verb}`,
    tag: TAG,
    summary: what.summary,
    params: RUN_ID,
    success: STATUS,
    problems: ['unknown-run', 'run-not-active'],
    handle: async ({ params }) => {
      const handle = await requireComputing(context, params.run_id);
      context.stateVersion++;
      what.act(handle);
      return { body: handle.status() };
    },
  });
}

/** A run that still has ticks to compute. */
async function requireComputing({ directory }: ServiceContext, id: RunId): Promise<RunHandle> {
  const handle = await directory.requireActive(id);
  if (handle.phase === 'computing' && handle.run.stopped === null) return handle;
  throw new Refusal('run-not-active', `Run ${id} is already stopping or being published`, { run_id: id });
}

function readPillars({ directory }: ServiceContext): Operation {
  return operation({
    id: 'getRunPillars',
    method: 'get',
    path: '/runs/{run_id}/pillars',
    tag: 'pillars',
    summary: 'Pillars of a run',
    params: RUN_ID,
    success: {
      status: 200,
      description: 'One entry per pillar.',
      schema: list(ref(PILLAR_STATUS), 'One per pillar.'),
    },
    problems: ['unknown-run'],
    handle: async ({ params }) => ({ body: await directory.pillars(params.run_id) }),
  });
}
