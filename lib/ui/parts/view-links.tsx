import type { JSX } from 'react';
import { Link, useLocation } from 'react-router';

export interface View {
  readonly path: string;
  readonly title: string;
}

/** Links between the views of a tab. The current one is the last whose path is a prefix of the address. */
export function ViewLinks({
  label,
  views,
}: {
  readonly label: string;
  readonly views: readonly [View, ...View[]];
}): JSX.Element {
  const { pathname } = useLocation();
  const current = views.findLast(({ path }) => pathname.startsWith(path)) ?? views[0];
  return (
    <nav className="view-links" aria-label={label}>
      {views.map(({ path, title }) => (
        <Link key={path} to={path} aria-current={path === current.path ? 'page' : undefined}>
          {title}
        </Link>
      ))}
    </nav>
  );
}
