import type { JSX } from 'react';
import { useParams } from 'react-router';
import { BatchCard } from './batch-card.js';
import { BatchList } from './batch-list.js';
import { StartBatchCard } from './start-batch-card.js';

/** Batches, including those of the command line; one opened, or the form of a new one. */
export function BatchesView(): JSX.Element {
  const { id } = useParams();
  return (
    <div className="split history-batch">
      <BatchList selected={id} />
      <div className="history-details" key={id}>
        {id === undefined ? <StartBatchCard /> : <BatchCard id={id} />}
      </div>
    </div>
  );
}
