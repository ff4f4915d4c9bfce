import type { JSX } from 'react';
import { Link, Route, Routes, useLocation } from 'react-router';
import { SweepsView } from './sweeps-view.js';
import { TrendsView } from './trends-view.js';
import './sweeps.css';

const VIEWS = [
  { path: '/sweeps', title: 'Sweeps' },
  { path: '/sweeps/trends', title: 'Trends' },
] as const;

/** Many runs at once: what depends on what in a sweep, and what changed from batch to batch. */
export function SweepsTab(): JSX.Element {
  const { pathname } = useLocation();
  const current = VIEWS.findLast(({ path }) => pathname.startsWith(path)) ?? VIEWS[0];
  return (
    <div className="stack sweeps">
      <nav className="view-links" aria-label="Sweeps views">
        {VIEWS.map(({ path, title }) => (
          <Link key={path} to={path} aria-current={path === current.path ? 'page' : undefined}>
            {title}
          </Link>
        ))}
      </nav>
      <Routes>
        <Route path="trends" element={<TrendsView />} />
        <Route path="*" element={<SweepsView />} />
      </Routes>
    </div>
  );
}
