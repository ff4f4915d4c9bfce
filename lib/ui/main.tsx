/**
 * The dashboard: seven tabs over the operator service (service contract, section 7). All data comes from the
 * service; the URL identifies the view.
 */
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { StrictMode, type JSX } from 'react';
import { createRoot } from 'react-dom/client';
import { createHashRouter, RouterProvider, useRouteError } from 'react-router';
import { Shell } from './shell.js';
import { LazyTab } from './parts/lazy-tab.js';
import { TABS } from './tabs.js';
import { ErrorNotice } from './parts/error-notice.js';
import './styles/base.css';
import './styles/parts.css';

const queries = new QueryClient({
  defaultOptions: { queries: { retry: false, staleTime: 1000, refetchOnWindowFocus: true } },
});

const router = createHashRouter([
  {
    element: <Shell />,
    errorElement: <PageError />,
    children: [
      ...TABS.map(({ path, title, load }) => ({
        path: `${path}/*`,
        errorElement: <PageError />,
        element: <LazyTab key={path} title={title} load={load} />,
      })),
      { path: '*', element: <LazyTab title={TABS[0].title} load={TABS[0].load} /> },
    ],
  },
]);

createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <QueryClientProvider client={queries}>
      <RouterProvider router={router} />
    </QueryClientProvider>
  </StrictMode>,
);

/** Replaces a tab that could not be shown. */
function PageError(): JSX.Element {
  const error = useRouteError();
  return (
    <ErrorNotice
      error={error}
      onRetry={() => {
        window.location.reload();
      }}
    />
  );
}
