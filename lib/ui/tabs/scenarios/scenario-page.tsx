import { useEffect, useRef, type JSX } from 'react';
import { useSearchParams } from 'react-router';
import { Card } from '../../parts/card.js';
import { ErrorNotice } from '../../parts/error-notice.js';
import { Loading } from '../../parts/loading.js';
import { useDraft } from '../../forms/draft.js';
import { LeaveGuard } from '../../forms/leave-guard.js';
import { formTree, type Definitions, type FormNode } from './form-tree.js';
import { ScenarioAbout } from './scenario-about.js';
import { ScenarioForm } from './scenario-form.js';
import { useScenario, useScenarioSource, type ReadScenario } from './scenario-queries.js';
import { versionOf } from './scenario-version.js';
import { useQuery, type UseQueryResult } from '@tanstack/react-query';
import { ApiError } from '../../api/client.js';

/** One scenario: description, form, and source document. */
export function ScenarioPage({
  id,
  isActive,
}: {
  readonly id: string;
  readonly isActive: boolean;
}): JSX.Element {
  const scenario = useScenario(id);
  const form = usePatchForm();
  const error = scenario.error ?? form.error;
  const notice = error !== null && (
    <ErrorNotice error={error} onRetry={() => void Promise.all([scenario.refetch(), form.refetch()])} />
  );
  if (scenario.data === undefined || form.data === undefined)
    return <Card title={id}>{notice || <Loading what={`scenario ${id}`} lines={16} />}</Card>;
  return (
    <div className="stack">
      {notice}
      <EditedScenario read={scenario.data} nodes={form.data} isActive={isActive} />
    </div>
  );
}

function EditedScenario({
  read,
  nodes,
  isActive,
}: {
  readonly read: ReadScenario;
  readonly nodes: readonly FormNode[];
  readonly isActive: boolean;
}): JSX.Element {
  const draft = useDraft(versionOf(read, nodes));
  const [params, setParams] = useSearchParams();
  const showsSource = params.get('view') === 'source';
  const show = (view: 'form' | 'source'): void => {
    setParams(
      (before) => {
        const after = new URLSearchParams(before);
        if (view === 'source') after.set('view', view);
        else after.delete('view');
        return after;
      },
      { replace: true },
    );
  };
  return (
    <div className="stack">
      <LeaveGuard dirty={draft.dirty} what={`scenario ${read.detail.id}`} />
      <ScenarioAbout read={read} isActive={isActive} isDirty={draft.dirty} />
      <div className="row" role="group" aria-label="View">
        <button type="button" aria-pressed={!showsSource} onClick={() => show('form')}>
          Form
        </button>
        <button type="button" aria-pressed={showsSource} onClick={() => show('source')}>
          YAML
        </button>
        {draft.dirty && <span className="form-changed">unsaved changes</span>}
      </div>
      {showsSource ? (
        <ScenarioSourceView id={read.detail.id} />
      ) : (
        <ScenarioForm id={read.detail.id} nodes={nodes} draft={draft} />
      )}
    </div>
  );
}

/** The OpenAPI document, which describes a change of a scenario; beside the API, not below it. */
const DOCUMENT = '/openapi.json';
const SCHEMA = 'ScenarioPatch';

/** The fields of the form, derived from the OpenAPI document. Fetched once. */
function usePatchForm(): UseQueryResult<readonly FormNode[]> {
  return useQuery({
    queryKey: ['openapi', SCHEMA],
    queryFn: async ({ signal }) => formTree({ $ref: SCHEMA }, await definitions(signal)),
    staleTime: Infinity,
  });
}

async function definitions(signal: AbortSignal): Promise<Definitions> {
  const response = await fetch(DOCUMENT, { signal });
  if (!response.ok)
    throw new ApiError(
      response.status,
      'no-description',
      `The service has no API description (${response.status})`,
    );
  const document = (await response.json()) as { readonly components: { readonly schemas: Definitions } };
  return document.components.schemas;
}

/** The document of a scenario on disk. */
function ScenarioSourceView({ id }: { readonly id: string }): JSX.Element {
  const { data, error, refetch } = useScenarioSource(id);
  return (
    <Card
      title="YAML"
      actions={
        <span className="muted">
          {data === undefined ? '' : `${data.file}, line ${data.line} · read only`}
        </span>
      }
    >
      <div className="source-place">
        {error !== null && <ErrorNotice error={error} onRetry={() => void refetch()} />}
        {data !== undefined ? (
          <CodeBlock label={`Source of ${id}`} text={data.yaml} line={data.line} />
        ) : (
          error === null && <Loading what="the document" lines={16} />
        )}
      </div>
    </Card>
  );
}

/**
 * Line height in pixels, as in the style sheet. Numbers and code are one text each, so that a long document
 * renders fast.
 */
const LINE = 18;
const PADDING = 10;

/** A text with line numbers that are not copied; scrolls to a marked line. */
function CodeBlock({
  label,
  text,
  line,
}: {
  readonly label: string;
  readonly text: string;
  readonly line: number;
}): JSX.Element {
  const block = useRef<HTMLDivElement>(null);
  const shown = text.endsWith('\n') ? text.slice(0, -1) : text;
  const count = shown.split('\n').length;
  useEffect(() => {
    if (block.current !== null) block.current.scrollTop = Math.max(0, (line - 4) * LINE);
  }, [line]);
  return (
    <div ref={block} className="code-block" role="region" aria-label={label} tabIndex={0}>
      <div className="code-mark" style={{ top: PADDING + (line - 1) * LINE }} />
      <pre className="code-numbers" aria-hidden="true">
        {Array.from({ length: count }, (_, index) => index + 1).join('\n')}
      </pre>
      <pre className="code-text">{shown}</pre>
    </div>
  );
}
