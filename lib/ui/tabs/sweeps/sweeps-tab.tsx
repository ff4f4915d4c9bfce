import type { JSX } from 'react';
import { Route, Routes } from 'react-router';
import { ViewLinks } from '../../parts/view-links.js';
import { SweepsView } from './sweeps-view.js';
import { TrendsView } from './trends-view.js';
import './sweeps.css';

const VIEWS = [
  { path: '/sweeps', title: 'Sweeps' },
  { path: '/sweeps/trends', title: 'Trends' },
] as const;

/** Many runs at once: what depends on what in a sweep, and what changed from batch to batch. */
export function SweepsTab(): JSX.Element {
  return (
    <div className="stack sweeps">
      <ViewLinks label="Sweeps views" views={VIEWS} />
      <Routes>
        <Route path="trends" element={<TrendsView />} />
        <Route path="*" element={<SweepsView />} />
      </Routes>
    </div>
  );
}
