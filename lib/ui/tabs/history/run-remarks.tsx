import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useId, useState, type JSX } from 'react';
import type { AddRemark, WireRemarks } from '../../../service/wire/index.js';
import { ask } from '../../api/client.js';
import { ErrorNotice } from '../../parts/error-notice.js';
import { shownInstant } from '../../parts/numbers.js';

/** Labels and notes of an ended run, and a form for more. */
export function RunRemarks({ id }: { readonly id: string }): JSX.Element {
  const client = useQueryClient();
  const path = `/runs/${encodeURIComponent(id)}/remarks`;
  const key = ['history', 'remarks', id];
  const { data, error, refetch } = useQuery({
    queryKey: key,
    queryFn: async ({ signal }) => (await ask<WireRemarks>(path, { signal })).value,
  });
  const add = useMutation({
    mutationFn: async (body: AddRemark) => (await ask<WireRemarks>(path, { method: 'POST', body })).value,
    onSuccess: (remarks) => {
      client.setQueryData(key, remarks);
    },
  });
  const labels = Object.entries(data?.labels ?? {});
  return (
    <section className="stack" aria-label="Labels and notes">
      <h3>Labels and notes</h3>
      <ErrorNotice error={error} onRetry={() => void refetch()} />
      <ErrorNotice error={add.error} onDismiss={add.reset} />
      {labels.length > 0 && (
        <ul className="history-labels">
          {labels.map(([name, value]) => (
            <li key={name}>
              <span className="pill">
                {name}={value}
              </span>{' '}
              <button
                type="button"
                aria-label={`Remove label ${name}`}
                disabled={add.isPending}
                onClick={() => {
                  add.mutate({ labels: { [name]: null } });
                }}
              >
                ×
              </button>
            </li>
          ))}
        </ul>
      )}
      {data?.notes.map(({ at, by, text }) => (
        <p key={`${at} ${text}`}>
          {text} <span className="muted">{`${by}, ${shownInstant(at)}`}</span>
        </p>
      ))}
      <RemarkForm
        isPending={add.isPending}
        onSay={(body, kept) => {
          add.mutate(body, { onSuccess: kept });
        }}
      />
    </section>
  );
}

const LABEL = /^[a-z0-9][a-z0-9._-]{0,63}=./s;

/** One field for both: `key=value` is a label, anything else a note. */
function RemarkForm({
  isPending,
  onSay,
}: {
  readonly isPending: boolean;
  /** `kept` is called once the service has stored it; refused text stays in the field. */
  readonly onSay: (body: AddRemark, kept: () => void) => void;
}): JSX.Element {
  const id = useId();
  const [text, setText] = useState('');
  const isLabel = LABEL.test(text);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        const at = text.indexOf('=');
        const body = isLabel ? { labels: { [text.slice(0, at)]: text.slice(at + 1) } } : { note: text };
        onSay(body, () => {
          setText('');
        });
      }}
    >
      <label htmlFor={id}>Label as key=value, or a note</label>{' '}
      <input
        id={id}
        value={text}
        maxLength={10_000}
        onChange={({ target }) => {
          setText(target.value);
        }}
      />{' '}
      <button type="submit" disabled={isPending || text.trim() === ''}>
        {isLabel ? 'Set label' : 'Keep note'}
      </button>
    </form>
  );
}
