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

/** Many runs: dependencies in a sweep, and changes from batch to batch. */
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
