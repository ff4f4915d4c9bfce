import { useMemo, type JSX } from 'react';
import type { RunState, TickView, Topology, AppliedEvent } from '../../../service/wire/index.js';
import { Card } from '../../parts/card.js';
import { ErrorNotice } from '../../parts/error-notice.js';
import { shownNumber } from '../../parts/numbers.js';
import { useAddress } from './address.js';
import { EdgeTable, NodeTable } from './edge-tables.js';
import { FluxGraph } from './flux-graph.js';
import { FluxLegend } from './flux-legend.js';
import { FLUX_SCALES, greatestFlux, type FluxScale } from './flux-scale.js';
import { LedgerFacts } from './ledger-facts.js';
import type { PanelProps } from './panel-props.js';
import { RecordGap } from './record-gap.js';
import { isLive, useRunRecord } from './run-records.js';
import { TickScrubber } from './tick-scrubber.js';
import { useTick } from './use-tick.js';

/** The graph, its state and its fluxes; tick by tick for an ended run, the latest state for a running one. */
export function UmxPanel({ run }: PanelProps): JSX.Element {
  const topology = useRunRecord<Topology>(run, '/topology', { live: true });
  if (topology.data === undefined) {
    return (
      <Card title="Graph">
        <RecordGap run={run} result={topology} what="graph" lines={12} live />
      </Card>
    );
  }
  return isLive(run) ? (
    <LiveGraph run={run} topology={topology.data} />
  ) : (
    <TickGraph run={run} topology={topology.data} />
  );
}

interface GraphProps extends Pick<PanelProps, 'run'> {
  readonly topology: Topology;
}

const NO_FLOWS = new Map<number, never>();

/** Fluxes of single ticks are published with the records of the run; the state is available at once. */
function LiveGraph({ run, topology: first }: GraphProps): JSX.Element {
  const { data, error, refetch } = useRunRecord<RunState>(run, '/state', { live: true, keep: true });
  const topology = useGraphAt(run, first, data?.tick ?? 0);
  const values = useMemo(() => valuesOf(topology, data?.u), [topology, data]);
  const caption =
    data === undefined
      ? 'not known yet'
      : data.tick === 0
        ? 'before its first tick'
        : `of tick ${shownNumber(data.tick)}`;
  return (
    <Card title="Graph of the running run">
      <p className="pillars-live">
        State {caption}, updated every second. Fluxes and the tick slider are available when the run has
        ended.
      </p>
      <ErrorNotice error={error} onRetry={() => void refetch()} />
      <FluxGraph
        first={first}
        topology={topology}
        values={values}
        flows={NO_FLOWS}
        scale="tick"
        caption={caption}
      />
    </Card>
  );
}

/** State by node; nodes without one are omitted. */
function valuesOf({ nodes }: Topology, state: readonly number[] = []): ReadonlyMap<number, number> {
  return new Map(nodes.flatMap(({ node_id }, at) => (state[at] === undefined ? [] : [[node_id, state[at]]])));
}

/** The first tick with the same graph as a tick; 0 if it has not changed. */
function sinceOf({ changes }: Topology, tick: number): number {
  return changes.filter((change) => change <= tick).at(-1) ?? 0;
}

/** The graph in the step of a tick; the previous one while it is loading. */
function useGraphAt(run: PanelProps['run'], first: Topology, tick: number): Topology {
  const since = sinceOf(first, tick);
  const changed = useRunRecord<Topology>(run, '/topology', {
    query: { tick: since },
    enabled: since > 0,
    live: true,
    keep: true,
  });
  return since > 0 ? (changed.data ?? first) : first;
}

function TickGraph({ run, topology: first }: GraphProps): JSX.Element {
  const last = run.ticks_completed ?? 0;
  const tick = useTick(last);
  const topology = useGraphAt(run, first, tick.settled);
  const view = useRunRecord<TickView>(run, `/ticks/${tick.settled}`, { keep: true });
  const scale = useFluxScale();
  const ledger = view.data?.ledger;
  const flows = useMemo(() => new Map((ledger?.edges ?? []).map((edge) => [edge.e_id, edge])), [ledger]);
  const values = useMemo(() => valuesOf(topology, ledger?.post_u), [topology, ledger]);
  const isMissing = view.data === undefined && view.error !== null;
  return (
    <>
      <Card title={`Graph ${topology.gid}`} actions={<ScaleChoice scale={scale} />}>
        {last > 0 && (
          <TickScrubber
            tick={tick}
            last={last}
            isThere={!view.isPlaceholderData && view.data !== undefined}
          />
        )}
        {isMissing ? (
          <div className="pillars-graph">
            <RecordGap run={run} result={view} what="tick ledger" />
          </div>
        ) : (
          <FluxGraph
            first={first}
            topology={topology}
            values={values}
            flows={flows}
            scale={scale}
            caption={`tick ${ledger?.tick ?? '–'}`}
          />
        )}
        {view.data !== undefined && view.data.events.length > 0 && <EventList events={view.data.events} />}
        <FluxLegend scale={scale} greatest={ledger === undefined ? undefined : greatestFlux(ledger.edges)} />
        <LedgerFacts ledger={ledger} isWaiting={view.isFetching} />
      </Card>
      {!isMissing && (
        <div className="pillars-tables">
          <Card title="Edges">
            <EdgeTable topology={topology} ledger={ledger} />
          </Card>
          <Card title="Nodes">
            <NodeTable topology={topology} ledger={ledger} />
          </Card>
        </div>
      )}
    </>
  );
}

function useFluxScale(): FluxScale {
  const named = useAddress().params.get('scale');
  return FLUX_SCALES.find((scale) => scale === named) ?? 'tick';
}

function ScaleChoice({ scale }: { readonly scale: FluxScale }): JSX.Element {
  const { change } = useAddress();
  return (
    <label className="row">
      Edges against
      <select
        value={scale}
        onChange={({ target }) => {
          change({ scale: target.value === 'tick' ? null : target.value });
        }}
      >
        <option value="tick">the tick’s greatest flux</option>
        <option value="cap">their cap</option>
      </select>
    </label>
  );
}

/** Structural events applied before the step of a tick. */
function EventList({ events }: { readonly events: readonly AppliedEvent[] }): JSX.Element {
  return (
    <ul className="pillars-events" aria-label="Structural events of this tick">
      {events.map(({ event_id, op_type, payload }) => (
        <li key={event_id}>
          <strong>{event_id}</strong> {op_type} <code>{JSON.stringify(payload)}</code>
        </li>
      ))}
    </ul>
  );
}
