import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useId, useState, type JSX } from 'react';
import type { AcceptGolden as AcceptRequest, GoldenStatus } from '../../../service/wire/index.js';
import { ApiError, ask } from '../../api/client.js';
import { ErrorNotice } from '../../parts/error-notice.js';
import { GOLDENS_KEY } from './golden-keys.js';

/** Makes the latest run the golden; it asks why, because a result that nobody can explain should not become the right one. */
export function AcceptGolden({
  name,
  agrees,
}: {
  readonly name: string;
  /** Then there is nothing new to accept, but the reason can be put better. */
  readonly agrees: boolean;
}): JSX.Element {
  const client = useQueryClient();
  const id = useId();
  const [reason, setReason] = useState('');
  const [missing, setMissing] = useState('');
  const accept = useMutation({
    mutationFn: async (body: AcceptRequest) =>
      (await ask<GoldenStatus>(`/goldens/${encodeURIComponent(name)}/accept`, { method: 'POST', body }))
        .value,
    onSuccess: async () => {
      setReason('');
      await client.invalidateQueries({ queryKey: GOLDENS_KEY });
    },
  });
  const { error } = accept;
  const refused =
    error instanceof ApiError
      ? error.fields.find(({ pointer }) => pointer.endsWith('reason'))?.detail
      : undefined;
  const wrong = missing !== '' ? missing : (refused ?? '');
  return (
    <form
      className="stack"
      aria-label="Accept the latest run"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        const isMissing = reason.trim() === '';
        setMissing(isMissing ? 'Say why the new result is right.' : '');
        if (isMissing) document.getElementById(id)?.focus();
        else accept.mutate({ reason });
      }}
    >
      <div className="field">
        <label htmlFor={id}>Reason</label>
        <textarea
          id={id}
          rows={3}
          maxLength={2000}
          required
          value={reason}
          aria-invalid={wrong !== ''}
          aria-describedby={`${id}-hint ${id}-error`}
          onChange={({ target }) => {
            setReason(target.value);
            setMissing('');
          }}
        />
        <span id={`${id}-hint`} className="field-hint">
          {agrees ? 'Accepting again only replaces the reason. ' : ''}
          It is kept with the golden, together with your address and the time.
        </span>
        <span id={`${id}-error`} className="field-error" role="alert">
          {wrong}
        </span>
      </div>
      <div className="row">
        <button type="submit" className={agrees ? undefined : 'primary'} disabled={accept.isPending}>
          Accept latest run
        </button>
      </div>
      {refused === undefined && <ErrorNotice error={error} onDismiss={accept.reset} />}
      {accept.isSuccess && (
        <p className="notice notice-ok" role="status">
          Accepted: {name} is now held against this result.
        </p>
      )}
    </form>
  );
}
