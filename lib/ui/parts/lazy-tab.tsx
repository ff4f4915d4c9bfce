import { useCallback, useEffect, useState, type ComponentType, type JSX } from 'react';
import { ErrorNotice } from './error-notice.js';
import { Loading } from './loading.js';

type State =
  | { readonly is: 'loading' }
  | { readonly is: 'ready'; readonly Tab: ComponentType }
  | { readonly is: 'failed'; readonly error: unknown; readonly isOutdated: boolean };

/** Tabs that were opened before; they are shown at once. */
const fetched = new Map<() => Promise<ComponentType>, ComponentType>();

/** A tab whose code is loaded when it is first opened. Loading can be retried. */
export function LazyTab({
  title,
  load,
}: {
  readonly title: string;
  readonly load: () => Promise<ComponentType>;
}): JSX.Element {
  const [state, setState] = useState<State>(() => {
    const Tab = fetched.get(load);
    return Tab === undefined ? { is: 'loading' } : { is: 'ready', Tab };
  });
  const fetchTab = useCallback(async () => {
    setState({ is: 'loading' });
    try {
      const Tab = await load();
      fetched.set(load, Tab);
      setState({ is: 'ready', Tab });
    } catch (error) {
      setState({ is: 'failed', error, isOutdated: await isOutdated() });
    }
  }, [load]);
  useEffect(() => {
    if (!fetched.has(load)) void fetchTab();
  }, [fetchTab, load]);
  if (state.is === 'ready') return <state.Tab />;
  if (state.is === 'loading') return <Loading what={title} lines={12} />;
  return <NotLoaded title={title} state={state} onRetry={() => void fetchTab()} />;
}

function NotLoaded({
  title,
  state,
  onRetry,
}: {
  readonly title: string;
  readonly state: Extract<State, { is: 'failed' }>;
  readonly onRetry: () => void;
}): JSX.Element {
  const message = state.isOutdated
    ? `The service is a new version, and “${title}” of this page is no longer available. Reload the page.`
    : `“${title}” could not be loaded: ${state.error instanceof Error ? state.error.message : String(state.error)}`;
  return (
    <div className="stack">
      <ErrorNotice error={message} onRetry={state.isOutdated ? undefined : onRetry} />
      <p>
        <button
          type="button"
          className={state.isOutdated ? 'primary' : undefined}
          onClick={() => {
            window.location.reload();
          }}
        >
          Reload the page
        </button>
      </p>
    </div>
  );
}

/** Entry scripts of a page; their names contain a digest of their content. */
function entryScripts(page: ParentNode): readonly string[] {
  return [...page.querySelectorAll('script[type="module"][src]')].map(
    (script) => new URL(script.getAttribute('src')!, document.baseURI).pathname,
  );
}

/** True if the service serves another version of this page. */
async function isOutdated(): Promise<boolean> {
  try {
    const response = await fetch(document.baseURI.replace(/#.*$/, ''), { cache: 'no-store' });
    if (!response.ok) return false;
    const present = new DOMParser().parseFromString(await response.text(), 'text/html');
    const served = entryScripts(present);
    return served.length > 0 && entryScripts(document).join() !== served.join();
  } catch {
    // The service does not answer: the version is unknown.
    return false;
  }
}
