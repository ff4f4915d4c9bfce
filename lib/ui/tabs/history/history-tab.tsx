import type { JSX } from 'react';
import { Route, Routes, useParams } from 'react-router';
import { ViewLinks } from '../../parts/view-links.js';
import { CompareView } from './compare-view.js';
import { GoldensView } from './goldens-view.js';
import { RunsView } from './runs-view.js';
import { BatchCard } from './batch-card.js';
import { BatchList } from './batch-list.js';
import { StartBatchCard } from './start-batch-card.js';
import './history.css';

const VIEWS = [
  { path: '/history', title: 'Runs' },
  { path: '/history/batches', title: 'Batches' },
  { path: '/history/compare', title: 'Compare' },
  { path: '/history/goldens', title: 'Goldens' },
] as const;

/** History: single runs, batches, comparisons, and goldens. */
export function HistoryTab(): JSX.Element {
  return (
    <div className="stack history">
      <ViewLinks label="History views" views={VIEWS} />
      <Routes>
        <Route path="batches/:id?" element={<BatchesView />} />
        <Route path="compare" element={<CompareView />} />
        <Route path="goldens/:name?" element={<GoldensView />} />
        <Route path="run/:id" element={<RunsView />} />
        <Route path="*" element={<RunsView />} />
      </Routes>
    </div>
  );
}

/** Batches, including those of the command line; one opened, or the form of a new one. */
function BatchesView(): JSX.Element {
  const { id } = useParams();
  return (
    <div className="split history-batch">
      <BatchList selected={id} />
      <div className="history-details" key={id}>
        {id === undefined ? <StartBatchCard /> : <BatchCard id={id} />}
      </div>
    </div>
  );
}
