import { useMutation } from '@tanstack/react-query';
import { useState, type FormEvent, type JSX } from 'react';
import { useLocation, useNavigate } from 'react-router';
import type { ScenarioDetail } from '../../../service/wire/index.js';
import { ask } from '../../api/client.js';
import { Dialog } from '../../forms/dialog.js';
import { sortErrors, withoutFields } from '../../forms/field-errors.js';
import { FormField } from '../../forms/form-field.js';
import { ErrorNotice } from '../../parts/error-notice.js';
import { readScenario, scenarioPath, useRemember, type ReadScenario } from './scenario-queries.js';

/** Form of a new id, as in the service. */
const ID = /^[a-z0-9][a-z0-9._-]{0,63}$/;
const ID_HINT = 'Lower-case letters, digits, dots, dashes and underscores; at most 64.';

/** Asks for the id of a copy, creates and selects it. */
export function CloneDialog({
  read: { detail, etag },
  onClose,
}: {
  readonly read: ReadScenario;
  readonly onClose: () => void;
}): JSX.Element {
  const [id, setId] = useState(`${detail.id}-copy`.slice(0, 64));
  const [name, setName] = useState('');
  const clone = useClone(detail.id, etag);
  const refused = sortErrors(clone.error, ['/id', '/name']);
  const idError = ID.test(id) ? refused.byField['/id'] : 'is not an id';
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (ID.test(id)) clone.mutate({ id, ...(name === '' ? {} : { name }) }, { onSuccess: onClose });
  };
  return (
    <Dialog title={`Clone ${detail.id}`} onCancel={onClose}>
      <form onSubmit={submit} noValidate>
        <FormField label="New id" hint={ID_HINT} error={idError}>
          {(control) => (
            <input
              {...control}
              value={id}
              onChange={({ target }) => {
                setId(target.value);
              }}
            />
          )}
        </FormField>
        <FormField label="Name" hint="Default: the title of the original." error={refused.byField['/name']}>
          {(control) => (
            <input
              {...control}
              maxLength={200}
              value={name}
              onChange={({ target }) => {
                setName(target.value);
              }}
            />
          )}
        </FormField>
        <ErrorNotice error={withoutFields(clone.error, refused)} />
        <div className="dialog-actions">
          <button type="submit" className="primary" disabled={clone.isPending || !ID.test(id)}>
            {clone.isPending ? 'Cloning…' : 'Clone'}
          </button>
          <button type="button" onClick={onClose}>
            Cancel
          </button>
        </div>
      </form>
    </Dialog>
  );
}

function useClone(original: string, etag: string) {
  const remember = useRemember();
  const navigate = useNavigate();
  const { search } = useLocation();
  return useMutation({
    mutationFn: async (body: { readonly id: string; readonly name?: string }) =>
      readScenario(
        await ask<ScenarioDetail>(`${scenarioPath(original)}/clone`, {
          method: 'POST',
          body,
          headers: { 'if-match': etag },
        }),
      ),
    onSuccess: async (read) => {
      void remember(read);
      await navigate({ pathname: `/scenarios/${encodeURIComponent(read.detail.id)}`, search });
      // The button that opened the dialog has gone with the page of the original.
      document.getElementById('content')?.focus();
    },
  });
}
