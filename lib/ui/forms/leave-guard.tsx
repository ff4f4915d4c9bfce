import { useEffect, type JSX } from 'react';
import { useBlocker } from 'react-router';
import { Dialog } from './dialog.js';

/** Asks before unsaved changes are discarded: on navigation in the dashboard, and when the page is closed. */
export function LeaveGuard({
  dirty,
  what,
}: {
  readonly dirty: boolean;
  /** Name of the changed item, as in "changes of …". */
  readonly what: string;
}): JSX.Element | null {
  const blocker = useBlocker(
    ({ currentLocation, nextLocation }) => dirty && currentLocation.pathname !== nextLocation.pathname,
  );
  useEffect(() => {
    if (!dirty) return undefined;
    const ask = (event: BeforeUnloadEvent): void => {
      event.preventDefault();
    };
    window.addEventListener('beforeunload', ask);
    return () => {
      window.removeEventListener('beforeunload', ask);
    };
  }, [dirty]);
  if (blocker.state !== 'blocked') return null;
  return (
    <Dialog title="Leave without saving?" onCancel={blocker.reset}>
      <p>The changes of {what} are not saved. They are lost when you leave.</p>
      <div className="dialog-actions">
        <button type="button" className="primary" onClick={blocker.reset}>
          Stay
        </button>
        <button type="button" className="danger" onClick={blocker.proceed}>
          Leave and discard changes
        </button>
      </div>
    </Dialog>
  );
}
