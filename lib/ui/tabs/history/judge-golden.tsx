import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useId, useState, type JSX } from 'react';
import type { GoldenDiff, GoldenStatus, JudgeGolden as JudgeRequest } from '../../../service/wire/index.js';
import { ApiError, ask } from '../../api/client.js';
import { ErrorNotice } from '../../parts/error-notice.js';
import { GOLDENS_KEY } from './query-keys.js';

/** A displayed difference, with its ETag. */
export interface SeenDifference {
  readonly diff: GoldenDiff;
  readonly etag: string;
}

type Verb = 'accept' | 'reject';

interface JudgeProps {
  readonly name: string;
  readonly seen: SeenDifference;
  /** Called after a judgement: the displayed difference is out of date. */
  readonly onJudged: () => void;
  /** Called if a judgement was refused because something else is compared now. */
  readonly onOutdated: () => void;
}

/** Judges the displayed run; a reason is required, because an unexplained result should not be accepted. */
export function JudgeGolden(props: JudgeProps): JSX.Element {
  const { name, seen } = props;
  const judge = useJudgement(props);
  const agrees = seen.diff.state === 'agrees';
  return (
    <>
      {!agrees && <JudgementForm judge={judge} />}
      {agrees && judge.done === '' && <p className="muted">The golden already has this result.</p>}
      {judge.done === 'accept' && (
        <p className="notice notice-ok" role="status">
          Accepted: {name} is now compared with this result.
        </p>
      )}
      {judge.done === 'reject' && (
        <p className="notice notice-ok" role="status">
          Rejected: the golden of {name} stays. <code>aether golden reopen</code> undoes it.
        </p>
      )}
    </>
  );
}

interface Judging {
  readonly reason: string;
  readonly setReason: (reason: string) => void;
  readonly give: (verb: Verb) => void;
  readonly isPending: boolean;
  /** The judgement, if any. */
  readonly done: Verb | '';
  readonly error: unknown;
  readonly dismiss: () => void;
}

function useJudgement({ name, seen, onJudged, onOutdated }: JudgeProps): Judging {
  const client = useQueryClient();
  const [reason, setReason] = useState('');
  const [done, setDone] = useState<Verb | ''>('');
  const { mutate, isPending, error, reset } = useMutation({
    mutationFn: async (verb: Verb) => {
      const { run_id, result_digest } = seen.diff;
      const body: JudgeRequest = { ...named({ run_id, result_digest }), reason };
      const headers = { 'if-match': seen.etag };
      const path = `/goldens/${encodeURIComponent(name)}/${verb}`;
      return (await ask<GoldenStatus>(path, { method: 'POST', body, headers })).value;
    },
    onSuccess: async (_, verb) => {
      setReason('');
      setDone(verb);
      await client.invalidateQueries({ queryKey: GOLDENS_KEY });
      onJudged();
    },
    onError: (problem) => {
      if (problem instanceof ApiError && OUTDATED.includes(problem.code)) onOutdated();
    },
  });
  return { reason, setReason, give: mutate, isPending, done, error, dismiss: reset };
}

/** Refusals that mean that the displayed difference is out of date. */
const OUTDATED: readonly string[] = ['precondition-failed', 'golden-run-differs', 'golden-agrees'];

function named({ run_id, result_digest }: Pick<GoldenDiff, 'run_id' | 'result_digest'>) {
  return { ...(run_id !== null && { run_id }), ...(result_digest !== null && { result_digest }) };
}

function JudgementForm({ judge }: { readonly judge: Judging }): JSX.Element {
  const id = useId();
  const [missing, setMissing] = useState('');
  const { error } = judge;
  const isOutdated = error instanceof ApiError && OUTDATED.includes(error.code);
  const refused =
    error instanceof ApiError
      ? error.fields.find(({ pointer }) => pointer.endsWith('reason'))?.detail
      : undefined;
  const wrong = missing !== '' ? missing : (refused ?? '');
  const give = (verb: Verb): void => {
    const isMissing = judge.reason.trim() === '';
    setMissing(isMissing ? `Say why the new result is ${verb === 'accept' ? 'right' : 'wrong'}.` : '');
    if (isMissing) document.getElementById(id)?.focus();
    else judge.give(verb);
  };
  return (
    <form
      className="stack"
      aria-label="Judge the displayed run"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        give('accept');
      }}
    >
      <div className="field">
        <label htmlFor={id}>Reason</label>
        <textarea
          id={id}
          rows={3}
          maxLength={2000}
          required
          value={judge.reason}
          aria-invalid={wrong !== ''}
          aria-describedby={`${id}-hint ${id}-error`}
          onChange={({ target }) => {
            judge.setReason(target.value);
            setMissing('');
          }}
        />
        <span id={`${id}-hint`} className="field-hint">
          It is recorded with the judgement, your name or address, and the time.
        </span>
        <span id={`${id}-error`} className="field-error" role="alert">
          {wrong}
        </span>
      </div>
      <div className="row">
        <button type="submit" className="primary" disabled={judge.isPending}>
          Accept latest run
        </button>
        <button
          type="button"
          disabled={judge.isPending}
          onClick={() => {
            give('reject');
          }}
        >
          Reject
        </button>
      </div>
      {refused === undefined && !isOutdated && <ErrorNotice error={error} onDismiss={judge.dismiss} />}
      {isOutdated && (
        <div className="notice notice-error" role="alert">
          <p>Nothing was judged: {error.message}</p>
        </div>
      )}
    </form>
  );
}
