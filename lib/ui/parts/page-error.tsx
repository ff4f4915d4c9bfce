import type { JSX } from 'react';
import { useRouteError } from 'react-router';
import { ErrorNotice } from './error-notice.js';

/** Replaces a tab that could not be shown. */
export function PageError(): JSX.Element {
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
