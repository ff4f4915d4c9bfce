import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import t, { type Test } from 'tap';
import type { ScenarioDocuments } from '../../lib/service/documents/scenario-documents.js';
import { ReadingThread } from '../../lib/service/reading/reading-thread.js';
import type { BatchDetail, RunStatus, ScenarioDetail } from '../../lib/service/wire/index.js';
import { ApiClient, type Answer } from './api-client.js';
import { ARRIVED, OPEN, type Gated } from './gate.js';
import { openService, workerExecutor } from './service-in-process.js';

/** Documents are read on a separate thread: other requests are answered meanwhile. */

const words = new Int32Array(new SharedArrayBuffer(8));

function openGate(): void {
  Atomics.store(words, OPEN, 1);
  Atomics.notify(words, OPEN);
}

/** Resolves when the thread waits at the gate, and fails if the request is answered without reaching it. */
async function atGate(seen: number, request: Promise<Answer<unknown>>): Promise<void> {
  let answered = false;
  const note = (): void => void (answered = true);
  request.then(note, note);
  while (Atomics.load(words, ARRIVED) === seen) {
    if (answered) throw new Error('answered without reading the document');
    await nextTurn();
  }
}

const { service } = await openService(t, async ({ directory }) => {
  const data: Gated = {
    files: [join(directory, 'manifest.yaml')],
    places: {},
    gate: words.buffer as SharedArrayBuffer,
    document: 'ring.yaml',
  };
  const entry = new URL('./gated-document-worker.js', import.meta.url);
  const readingThread = await ReadingThread.start<ScenarioDocuments>({ entry, data, reads: 'documents' });
  const executor = await workerExecutor();
  return { readingThread, executor };
});
const api = await ApiClient.open(service.url);

/** Sends a request that reads documents, and others while it waits for them. */
async function meanwhile<T>(t: Test, send: () => Promise<Answer<T>>): Promise<Answer<T>> {
  Atomics.store(words, OPEN, 0);
  const seen = Atomics.load(words, ARRIVED);
  const request = send();
  await atGate(seen, request);
  for (const path of ['/health', '/state', '/scenarios', '/history', '/metrics']) {
    t.equal((await fetch(`${service.url}${path}`)).status, 200, path);
  }
  openGate();
  return request;
}

void t.test('requests are answered while documents are read for others', async (t) => {
  const detail = await meanwhile(t, () => api.get<ScenarioDetail>('/scenarios/quick'));
  t.match(detail, { status: 200, body: { id: 'quick', advanced: { run: { nodes: 5, edges: 5 } } } });
  const match = { 'if-match': detail.headers.get('etag')! };

  const edited = await meanwhile(t, () =>
    api.post('/scenarios/quick', { core_params: { ticks_total: 16 } }, match),
  );
  t.match(edited, { status: 200, body: { core_params: { ticks_total: 16 } } });
  const again = { 'if-match': edited.headers.get('etag')! };
  t.equal((await meanwhile(t, () => api.post('/scenarios/quick/clone', { id: 'copy' }, again))).status, 201);

  const dry = await meanwhile(t, () =>
    api.post<BatchDetail>('/batches', { scenarios: ['quick'], dry_run: true }),
  );
  t.match(dry, { status: 201, body: { total: 1 } });

  const started = await meanwhile(t, () =>
    api.post<RunStatus>('/runs', { scenario_id: 'quick', paused: true }),
  );
  t.match(started, { status: 201, body: { ticks_total: 16 } });
  const { run_id } = started.body;
  t.match(await api.get(`/runs/${run_id}/topology`), {
    status: 200,
    body: { gid: 'RING', nodes: { length: 5 } },
  });
  t.equal((await api.post(`/runs/${run_id}/stop`)).status, 200);
});
