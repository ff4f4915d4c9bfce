import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { JSX } from 'react';
import type { Query } from '../../api/client.js';
import { Card } from '../../parts/card.js';
import { ErrorNotice } from '../../parts/error-notice.js';
import { Loading } from '../../parts/loading.js';
import { shownNumber } from '../../parts/numbers.js';
import { SelectField, wordOptions } from '../../parts/select-field.js';
import type { UrlChanges } from '../../parts/url-words.js';
import {
  CHART_KINDS,
  chartOptions,
  chartProblem,
  NOTHING,
  type ChartChoice,
  type ChartOptions,
} from './chart-choice.js';
import { chartPoints, MOST_ROWS, type ChartPoints } from './chart-points.js';
import { HeatTable } from './heat-table.js';
import { PointTable } from './point-table.js';
import { useTable } from './table-pages.js';
import { XyPlot } from './xy-plot.js';

const KIND_TEXT = { line: 'Line', scatter: 'Scatter', heatmap: 'Heat map' } as const;

/** A chart of the selected runs: any two columns, or a heat map if two axes vary. */
export function SweepChart({
  selection,
  words,
  onChange,
}: {
  readonly selection: Query;
  readonly words: URLSearchParams;
  readonly onChange: (changes: UrlChanges) => void;
}): JSX.Element {
  const { data: table } = useTable(selection);
  const options = table === undefined ? undefined : chartOptions(table, words);
  const choice = options?.choice;
  const problem = choice === undefined ? undefined : chartProblem(choice);
  const { data, error, refetch, isPlaceholderData } = useQuery({
    queryKey: ['table', 'chart', selection, choice],
    queryFn: async ({ signal }) => ({ choice: choice!, ...(await chartPoints(selection, choice!, signal)) }),
    enabled: choice !== undefined && problem === undefined,
    placeholderData: keepPreviousData,
  });
  const isReady = data !== undefined && error === null && problem === undefined;
  return (
    <Card title="Chart">
      {options !== undefined && <Choices options={options} onChange={onChange} />}
      {problem !== undefined && <p role="status">{problem}</p>}
      <ErrorNotice error={error} onRetry={() => void refetch()} />
      {problem === undefined && data === undefined && error === null && (
        <Loading what="the chart" lines={12} />
      )}
      {isReady && (
        <div className="sweeps-chart" aria-busy={isPlaceholderData}>
          <Chart choice={data.choice} points={data} />
        </div>
      )}
    </Card>
  );
}

function Chart({
  choice,
  points,
}: {
  readonly choice: ChartChoice;
  readonly points: ChartPoints;
}): JSX.Element {
  const { kind } = choice;
  if (points.points.length === 0) return <p role="status">No selected run has a value of {choice.value}.</p>;
  return (
    <>
      {kind === 'heatmap' ? (
        <HeatTable choice={choice} points={points.points} />
      ) : (
        <XyPlot choice={choice} points={points.points} />
      )}
      <p className="chart-note muted">{noteOf(choice, points)}</p>
      {kind !== 'heatmap' && <PointTable choice={choice} points={points.points} />}
    </>
  );
}

/** Text about the omitted rows of the chart and the rows that one point covers. */
function noteOf({ kind, value }: ChartChoice, { points, missing, total }: ChartPoints): string {
  const most = points.reduce((found, { runs }) => Math.max(found, runs), 0);
  const what = kind === 'scatter' ? 'runs' : 'groups of runs';
  return [
    most > 1 ? `Each point is the mean of up to ${shownNumber(most)} runs.` : 'Each point is one run.',
    missing > 0 ? `${shownNumber(missing)} ${what} without a value of ${value} are left out.` : '',
    total > MOST_ROWS
      ? `Only the first ${shownNumber(MOST_ROWS)} of ${shownNumber(total)} ${what} are drawn.`
      : '',
  ].join(' ');
}

function Choices({
  options: { choice, keys, values },
  onChange,
}: {
  readonly options: ChartOptions;
  readonly onChange: (changes: UrlChanges) => void;
}): JSX.Element {
  const isMap = choice.kind === 'heatmap';
  return (
    <div className="sweeps-choices">
      <SelectField
        label="Kind"
        value={choice.kind}
        options={CHART_KINDS.map((kind) => ({ value: kind, text: KIND_TEXT[kind] }))}
        onChange={(kind) => {
          onChange({ kind });
        }}
      />
      <SelectField
        label={isMap ? 'Columns' : 'X'}
        value={choice.x}
        options={wordOptions(keys)}
        onChange={(x) => {
          onChange({ x });
        }}
      />
      <SelectField
        label={isMap ? 'Rows' : 'Group by'}
        value={choice.by === '' ? NOTHING : choice.by}
        options={[...(isMap ? [] : [{ value: NOTHING, text: 'nothing' }]), ...wordOptions(keys)]}
        onChange={(by) => {
          onChange({ by });
        }}
      />
      <SelectField
        label={isMap ? 'Colour' : 'Y'}
        value={choice.value}
        options={wordOptions(values)}
        onChange={(value) => {
          onChange({ value });
        }}
      />
    </div>
  );
}
