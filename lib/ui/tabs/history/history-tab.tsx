import type { JSX } from 'react';
import { Route, Routes } from 'react-router';
import { ViewLinks } from '../../parts/view-links.js';
import { BatchesView } from './batches-view.js';
import { CompareView } from './compare-view.js';
import { GoldensView } from './goldens-view.js';
import { RunsView } from './runs-view.js';
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
