import type { JSX } from 'react';
import { Card } from '../../parts/card.js';
import { ErrorNotice } from '../../parts/error-notice.js';
import { Loading } from '../../parts/loading.js';
import { CodeBlock } from './code-block.js';
import { useScenarioSource } from './scenario-queries.js';

/** The document of a scenario on disk. */
export function ScenarioSourceView({ id }: { readonly id: string }): JSX.Element {
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
