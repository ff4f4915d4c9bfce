import type { JSX } from 'react';
import type { BatchDetail, BatchGoldens } from '../../../service/wire/index.js';
import { shownNumber } from '../../parts/numbers.js';
import { WordPill } from '../../parts/word-pill.js';

/** Maximum of listed goldens without a run in the plan. */
const SHOWN = 20;

/** The verdict of an ended batch: reasons, goldens and repetitions. */
export function BatchVerdict({ batch }: { readonly batch: BatchDetail }): JSX.Element | null {
  const { verdict, runs, golden_issues } = batch;
  if (verdict === null) return null;
  const { ok, reasons, repeats, goldens } = verdict;
  const names = new Set(runs.map(({ name }) => name));
  const others = golden_issues.filter(({ name }) => !names.has(name));
  return (
    <dl className="facts" aria-label="Verdict">
      <dt>Verdict</dt>
      <dd>
        <WordPill word={ok === null ? 'not recorded' : ok ? 'ok' : 'not ok'} />
        {reasons.length > 0 && (
          <ul className="history-reasons">
            {reasons.map(({ code, message }) => (
              <li key={code}>
                <code>{code}</code> {message}
              </li>
            ))}
          </ul>
        )}
      </dd>
      <dt>Goldens</dt>
      <dd>{goldensText(goldens)}</dd>
      {repeats.checked > 0 && (
        <>
          <dt>Repeats</dt>
          <dd>
            {shownNumber(repeats.checked)} compared, {shownNumber(repeats.disagreed)} disagreed
          </dd>
        </>
      )}
      {others.length > 0 && (
        <>
          <dt>Goldens without a run</dt>
          <dd>
            <ul className="history-reasons">
              {others.slice(0, SHOWN).map(({ name, code, reason }) => (
                <li key={`${name} ${code}`}>
                  {name}: {reason}
                </li>
              ))}
              {others.length > SHOWN && <li>and {shownNumber(others.length - SHOWN)} more</li>}
            </ul>
          </dd>
        </>
      )}
    </dl>
  );
}

/** The same text as on the command line. */
export function goldensText(goldens: BatchGoldens): string {
  const { scope, why, wanted, agree } = goldens;
  if (scope === 'not_recorded') return 'not recorded';
  if (scope === 'off') {
    const asked = wanted === null || wanted === 0 ? '' : `; ${asking(wanted)}`;
    return `not judged (${why ?? 'not recorded'})${asked}`;
  }
  const parts = [
    [goldens.changed, 'changed'],
    [goldens.missing, 'missing'],
    [goldens.damaged, 'damaged'],
    [goldens.obsolete, 'obsolete'],
    [goldens.accepted, 'accepted'],
    [goldens.removed, 'removed'],
    [goldens.not_judged, 'not judged'],
  ] as const;
  const others = parts.filter(([count]) => count > 0).map(([count, word]) => `${shownNumber(count)} ${word}`);
  return [`${shownNumber(agree)} ${agree === 1 ? 'run agrees' : 'runs agree'}`, ...others].join(', ');
}

function asking(wanted: number): string {
  return `${shownNumber(wanted)} ${wanted === 1 ? 'run asks' : 'runs ask'} for one`;
}
