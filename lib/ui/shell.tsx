import { useLayoutEffect, useRef, type JSX } from 'react';
import { NavLink, Outlet, useLocation } from 'react-router';
import { useFreshService } from './api/fresh-service.js';
import { useOperatorState } from './api/live-state.js';
import { TABS } from './tabs.js';
import type { RunStatus } from '../service/wire/index.js';
import { runLook, runWord } from './parts/run-pill.js';

/** The frame of every tab: name, running runs, and links to the tabs. */
export function Shell(): JSX.Element {
  const { data, isError } = useOperatorState();
  useFreshService();
  const { pathname } = useLocation();
  const current = TABS.find(({ path }) => pathname.startsWith(`/${path}`)) ?? TABS[0];
  const tabs = useRef<HTMLElement>(null);
  useLayoutEffect(() => {
    document.title = `${current.title} · Aether`;
    // On a narrow page the row of tabs scrolls; make the current one visible.
    const link = tabs.current?.querySelector('[aria-current]');
    link?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [current]);
  return (
    <>
      <a className="skip-link" href="#content" onClick={focusContent}>
        Skip to content
      </a>
      <header className="shell-header">
        <span className="shell-name">Aether</span>
        <StatePill run={data?.run} unreachable={isError} />
        <span className="shell-run">{data?.run?.name ?? ''}</span>
        <a className="shell-docs" href="/docs">
          API
        </a>
      </header>
      <nav ref={tabs} className="shell-tabs" aria-label="Tabs">
        {TABS.map(({ path, title }) => (
          <NavLink key={path} to={`/${path}`} aria-current={path === current.path ? 'page' : undefined}>
            {title}
          </NavLink>
        ))}
      </nav>
      <main id="content" tabIndex={-1} className="shell-content">
        <h1 className="visually-hidden">{current.title}</h1>
        <Outlet />
      </main>
    </>
  );
}

/** The address after `#` belongs to the router, so that the link cannot be a plain anchor. */
function focusContent(event: React.MouseEvent): void {
  event.preventDefault();
  document.getElementById('content')?.focus();
}

/** State of the service as one word; the colour is never the only sign. */
function StatePill({
  run,
  unreachable = false,
}: {
  readonly run: RunStatus | null | undefined;
  readonly unreachable?: boolean;
}): JSX.Element {
  const own = unreachable ? 'unreachable' : run === undefined ? 'connecting' : run === null ? 'idle' : null;
  const word = own ?? runWord(run!);
  return (
    <span className="pill" data-state={own ?? runLook(run!)} role="status" aria-label={`State: ${word}`}>
      {word}
    </span>
  );
}
