import type { RunRecord } from '../store/record-types.js';

/** One way to execute a selection. Nothing in it may change a byte of a result. */
export interface AuditRound {
  readonly jobs: number;
  /** Worker threads, or everything on the main one. */
  readonly executor: 'workers' | 'in-process';
  /** plan: longest first, as a batch does. */
  readonly order: 'plan' | 'reversed' | 'shuffled';
  /** Time zone of the process. */
  readonly TZ: string;
  /** Language and formats of the process. */
  readonly LANG: string;
  /** Options for node. */
  readonly node: readonly string[];
}

/** The rounds of an audit; all are compared with the first. */
export function auditRounds(cores: number): readonly AuditRound[] {
  const many = Math.max(cores, 4);
  return [
    { jobs: 1, executor: 'in-process', order: 'plan', TZ: 'UTC', LANG: 'C', node: [] },
    {
      jobs: many,
      executor: 'workers',
      order: 'reversed',
      TZ: 'Pacific/Chatham',
      LANG: 'tr_TR.UTF-8',
      node: [],
    },
    {
      jobs: 2,
      executor: 'workers',
      order: 'shuffled',
      TZ: 'America/St_Johns',
      LANG: 'ar_EG.UTF-8',
      node: ['--no-opt'],
    },
    {
      jobs: 1,
      executor: 'workers',
      order: 'shuffled',
      TZ: 'Asia/Kathmandu',
      LANG: 'de_DE.UTF-8',
      node: ['--always-sparkplug'],
    },
    {
      jobs: 3,
      executor: 'workers',
      order: 'reversed',
      TZ: 'UTC',
      LANG: 'sv_SE.UTF-8',
      node: ['--random-seed=7', '--max-semi-space-size=1'],
    },
  ];
}

/** `4 jobs on workers, reversed, TZ=Pacific/Chatham LANG=tr_TR.UTF-8`. */
export function describeRound({ jobs, executor, order, TZ, LANG, node }: AuditRound): string {
  const where = executor === 'workers' ? 'on workers' : 'on the main thread';
  const flags = node.length === 0 ? '' : `, node ${node.join(' ')}`;
  return `${String(jobs)} ${jobs === 1 ? 'job' : 'jobs'} ${where}, order ${order}, TZ=${TZ} LANG=${LANG}${flags}`;
}

/** The outcome of one run in a round. */
export interface RoundRun {
  readonly name: string;
  readonly input_key: string;
  readonly state: string;
  readonly code: string | null;
  readonly result_digest: string | null;
  /** Id of its record; null when it has none. */
  readonly run: RunRecord['id'] | null;
}
