import fc from 'fast-check';
import t from 'tap';
import {
  inArrivalOrder,
  listBatches,
  listRuns,
  openDiskStore,
  openStager,
  type Arrived,
  type DiskStore,
} from '../../lib/store/index.js';
import { DiskReader } from '../../lib/store/disk-reader.js';
import { ArrivalCounter } from '../../lib/store/publish/arrival-counter.js';
import { sampleRun } from './sample-run.js';
import { sampleBatch } from './sample-batch.js';
import { SimulatedMachine } from './simulated-machine.js';

const ROOT = '/data/store';

/** A process that adds records with arbitrary dates. */
class Writer {
  readonly #machine: SimulatedMachine;
  #opened:
    { readonly store: DiskStore; readonly add: (id: string, year: number) => Promise<void> } | undefined;

  constructor(machine: SimulatedMachine) {
    this.#machine = machine;
  }

  async add(id: string, year: number): Promise<void> {
    this.#opened ??= await this.#open();
    await this.#opened.add(id, year);
  }

  async close(): Promise<void> {
    await this.#opened?.store.close();
    this.#opened = undefined;
  }

  /** Does not close the store, so no index is written. */
  die(): void {
    this.#opened = undefined;
  }

  async #open() {
    const platform = this.#machine.start();
    const store = await openDiskStore({ root: ROOT, platform });
    const stager = openStager(store.stager, platform);
    return {
      store,
      add: async (id: string, year: number): Promise<void> => {
        const ended_at = `${String(year)}-01-01T00:00:00.000Z`;
        if (id.startsWith('b')) await store.putBatch(sampleBatch({ id, ended_at }));
        else await store.publish(sampleRun(stager, { id, ended_at }));
      },
    };
  }
}

async function arrived(machine: SimulatedMachine): Promise<readonly string[]> {
  const store = await openDiskStore({ root: ROOT, platform: machine.start(), mode: 'read' });
  const records: Arrived[] = [...(await listRuns(store)), ...(await listBatches(store))];
  return inArrivalOrder(records).map(({ id }) => id);
}

const step = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constantFrom('r', 'b'),
      writer: fc.nat(2),
      year: fc.integer({ min: 1971, max: 2090 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constantFrom('close', 'die'), writer: fc.nat(2) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constantFrom('lose mark', 'power cut', 'lose cache') }) },
);

void t.test(
  'three processes with different clocks and a lost cache keep the order of arrival',
  async (inner) => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 24 }), async (steps) => {
        const machine = new SimulatedMachine();
        await (await openDiskStore({ root: ROOT, platform: machine.start() })).close();
        const writers = [0, 1, 2].map(() => new Writer(machine));
        const expected: string[] = [];
        for (const [n, { kind, ...at }] of steps.entries()) {
          const writer = writers['writer' in at ? at.writer : 0]!;
          if (kind === 'close') await writer.close();
          else if (kind === 'die') writer.die();
          else if (kind === 'power cut') {
            for (const each of writers) each.die();
            loseFrom(machine, kind);
          } else if ('year' in at) {
            // Ids that sort against the order of arrival.
            const id = `${kind}${String(999 - n)}`;
            await writer.add(id, at.year);
            expected.push(id);
          } else loseFrom(machine, kind);
        }
        return (await arrived(machine)).join(' ') === expected.join(' ');
      }),
      { numRuns: 200 },
    );
    inner.pass('the property holds');
  },
);

/** The state after a power failure, or after the cache was deleted. */
function loseFrom(machine: SimulatedMachine, kind: string): void {
  const directory = `${ROOT}/cache`;
  for (const { name } of machine.files.list(directory)) {
    const isMark = name.startsWith('arrival-');
    if (isMark || kind === 'lose cache') machine.files.remove(`${directory}/${name}`);
    if (isMark && kind === 'power cut') machine.files.create(`${directory}/arrival-000000000001`, '');
  }
}

void t.test('records of an older version come first, in the order of their dates', (inner) => {
  const records: Arrived[] = [
    { id: 'r1', arrival: 64, ended_at: '2020-01-01T00:00:00.000Z' },
    { id: 'r2', ended_at: '2031-01-01T00:00:00.000Z' },
    { id: 'r3', ended_at: '2025-01-01T00:00:00.000Z' },
    { id: 'r0', ended_at: '2025-01-01T00:00:00.000Z' },
  ];
  inner.strictSame(
    inArrivalOrder(records).map(({ id }) => id),
    ['r0', 'r3', 'r2', 'r1'],
  );
  inner.end();
});

void t.test('numbers that a commit reserves together stay together beside another writer', (inner) => {
  const machine = new SimulatedMachine();
  const reader = new DiskReader(ROOT, machine.start().files);
  machine.files.makeDirectory('/data');
  machine.files.makeDirectory(ROOT);
  const [one, other] = [new ArrivalCounter(reader, () => 0), new ArrivalCounter(reader, () => 0)];
  inner.equal(one.take(4), 1);
  inner.equal(other.take(), 5);
  // The other writer takes a number right after the first one has read it.
  let isFirst = true;
  machine.files.before = (operation, path): void => {
    if (!isFirst || operation !== 'create' || !path.includes('arrival-')) return;
    isFirst = false;
    inner.equal(other.take(), 6);
  };
  const first = one.take(4);
  machine.files.before = (): void => undefined;
  inner.ok(first > 6, String(first));
  inner.equal(other.take(), first + 4);
  inner.end();
});
