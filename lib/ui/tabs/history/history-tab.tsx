import type { JSX } from 'react';
import { Link, Route, Routes, useLocation } from 'react-router';
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

/** What has been run: single runs, batches, two runs side by side, and what is accepted as right. */
export function HistoryTab(): JSX.Element {
  const { pathname } = useLocation();
  const current = VIEWS.findLast(({ path }) => pathname.startsWith(path)) ?? VIEWS[0];
  return (
    <div className="stack history">
      <nav className="view-links" aria-label="History views">
        {VIEWS.map(({ path, title }) => (
          <Link key={path} to={path} aria-current={path === current.path ? 'page' : undefined}>
            {title}
          </Link>
        ))}
      </nav>
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
