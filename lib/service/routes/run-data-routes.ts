import { operation, type Operation } from '../http/operation.js';
import { NEXT_LINK, PAGE_QUERY } from '../http/paging.js';
import { RUN_ID, TICK } from '../http/path-params.js';
import type { RunHandle } from '../runs/run-handle.js';
import { SERIES_QUERY, seriesOf } from '../runs/series.js';
import type { ServiceContext } from '../service-context.js';
import {
  AEON_WINDOW,
  TOPOLOGY,
  WINDOW_VIEW,
  RUN_STATE,
  SERIES,
  TICK_VIEW,
  type RunState,
} from '../wire/run-data.js';
import { integer, list } from '../../base/schema.js';
import { ref } from '../wire/named-schema.js';

const TAG = 'run data';
const PROBLEMS = ['unknown-run', 'run-not-finished', 'unknown-record', 'too-many-streams'] as const;

/** Computed data of runs: ticks, series, the state, windows, the graph. */
export function runDataRoutes(context: ServiceContext): Operation[] {
  return [tick(context), series(context), state(context), windows(context), topology(context), aeon(context)];
}

function tick({ directory }: ServiceContext): Operation {
  return operation({
    id: 'getRunTick',
    method: 'get',
    path: '/runs/{run_id}/ticks/{tick}',
    tag: TAG,
    summary: 'Everything recorded about a tick',
    params: { ...RUN_ID, ...TICK },
    success: { status: 200, description: 'The tick.', schema: ref(TICK_VIEW) },
    problems: PROBLEMS,
    handle: async ({ params: { run_id, tick } }) => ({ json: await directory.ask('tick', run_id, tick) }),
  });
}

function series({ directory, supervisor }: ServiceContext): Operation {
  return operation({
    id: 'getRunSeries',
    method: 'get',
    path: '/runs/{run_id}/series',
    tag: TAG,
    summary: 'A metric over ticks, in a bounded number of points',
    description:
      'Also available while the run is running. If there are more ticks than points, they are grouped into buckets; the minimum and ' +
      'maximum of each bucket and both ends of the range are shown, so a spike of one tick is shown at its tick. `u` is the state, ' +
      'for heat maps: one column per bucket; if there are more than 128 nodes, adjacent nodes share a row.',
    params: RUN_ID,
    query: SERIES_QUERY,
    success: { status: 200, description: 'The series.', schema: ref(SERIES) },
    problems: ['unknown-run', 'unknown-record', 'too-many-streams'],
    handle: async ({ params, query }) => {
      const handle = supervisor.get(params.run_id);
      const isWhole = query.from === undefined && query.to === undefined;
      if (handle !== undefined && (handle.end?.recorded !== true || (isWhole && isWholeInMemory(handle)))) {
        const source = { run_id: handle.id, live: !handle.isOver, buckets: handle.live.past() };
        handle.show(source.buckets.lastTick);
        return { body: seriesOf(source, query) };
      }
      return { json: await directory.ask('series', params.run_id, query) };
    },
  });
}

/** True if the live memory has every tick of a compact run, whose stored series would have to be computed again. */
function isWholeInMemory({ plan, end, live }: RunHandle): boolean {
  return plan.retain === 'compact' && live.past().lastTick === end?.ticks_completed;
}

function state({ directory, supervisor }: ServiceContext): Operation {
  return operation({
    id: 'getRunState',
    method: 'get',
    path: '/runs/{run_id}/state',
    tag: TAG,
    summary: 'The state of every node after the last tick',
    description: 'Also available while the run is running.',
    params: RUN_ID,
    success: { status: 200, description: 'The state.', schema: ref(RUN_STATE) },
    problems: ['unknown-run', 'unknown-record', 'too-many-streams'],
    handle: async ({ params: { run_id } }) => {
      const handle = supervisor.get(run_id);
      if (handle !== undefined && handle.end?.recorded !== true) {
        const shown = handle.live.state();
        handle.show(shown.tick);
        const body: RunState = { run_id, live: !handle.isOver, ...shown };
        handle.show(body.tick);
        return { body };
      }
      return { json: await directory.ask('state', run_id) };
    },
  });
}

function windows({ directory }: ServiceContext): Operation {
  return operation({
    id: 'getRunWindows',
    method: 'get',
    path: '/runs/{run_id}/windows',
    tag: TAG,
    summary: 'Press windows with their manifests and candidate bits',
    params: RUN_ID,
    query: PAGE_QUERY,
    success: {
      status: 200,
      description: 'In declared order.',
      schema: list(ref(WINDOW_VIEW), 'Windows.'),
      headers: NEXT_LINK,
    },
    problems: [...PROBLEMS, 'invalid-cursor'],
    handle: async ({ params, query, url }) => {
      const { body: json, headers } = await directory.ask('windows', params.run_id, query, url);
      return { json, headers };
    },
  });
}

function topology({ directory, catalogue }: ServiceContext): Operation {
  return operation({
    id: 'getRunTopology',
    method: 'get',
    path: '/runs/{run_id}/topology',
    tag: TAG,
    summary: 'The graph of a run at a tick',
    description: 'Structural events may change it during the run; `changes` lists their ticks.',
    params: RUN_ID,
    query: { tick: integer('The tick whose step uses the graph; 0 by default.', { minimum: 0 }) },
    success: { status: 200, description: 'The graph.', schema: ref(TOPOLOGY) },
    problems: PROBLEMS,
    handle: async ({ params, query }) => {
      const tick = query.tick ?? 0;
      const pending = directory.pendingInputs(params.run_id);
      if (pending !== undefined) return { json: await catalogue.documents.ask('graph', pending, tick) };
      return { json: await directory.ask('graph', params.run_id, tick) };
    },
  });
}

function aeon({ directory }: ServiceContext): Operation {
  return operation({
    id: 'getRunAeon',
    method: 'get',
    path: '/runs/{run_id}/aeon',
    tag: TAG,
    summary: 'Windows of the AEON grammar of a run',
    params: RUN_ID,
    query: { tick: integer('Only the windows that cover this tick.', { minimum: 0 }) },
    success: { status: 200, description: 'By id.', schema: list(ref(AEON_WINDOW), 'Windows.') },
    problems: PROBLEMS,
    handle: async ({ params, query }) => ({
      json: await directory.ask('aeon', params.run_id, query.tick),
    }),
  });
}
