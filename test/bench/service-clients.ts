import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { request } from 'node:http';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { BatchDetail, RunStatus } from '../../lib/service/wire/index.js';
import { writeDocuments } from '../service/service-documents.js';
import { startService, type ServiceProcess } from '../service/service-process.js';
import type { Report } from './measure.js';

const CLIENTS = 1000;
/** Milliseconds that the clients stay; AETHER_BENCH_SOAK sets another number of seconds. */
const STAY_MS = 1000 * Number(process.env['AETHER_BENCH_SOAK'] ?? 120);
/** Milliseconds after which the file descriptors must be closed. */
const BACK_MS = 60_000;

const MANIFEST = `v: 1
kind: BatchManifest
name: soak
defaults:
  v: 1
  gid: RING
  topology_path: ring.yaml
  profile_path: profile.yaml
  initial_state: [50, 0, 0, 0, 0]
scenarios:
  - id: long
    retain: compact
    run: { run_id: long, ticks: 200000000, windows: { every: 2000, apx_name: L } }
  - id: many
    retain: compact
    run: { run_id: many, ticks: 20000, windows: { every: 1000, apx_name: M } }
    matrix: { 'initial_state[1]': { range: [1, 12, 1] } }
`;

/**
 * A thousand clients that keep connections open in every way, beside a run or a batch: health, descriptors,
 * faults.
 */
export async function benchClients(report: Report): Promise<void> {
  const directory = mkdtempSync(join(tmpdir(), 'aether-bench-clients-'));
  try {
    writeDocuments(directory, MANIFEST);
    const service = await startService(directory);
    try {
      await soak(service, report);
    } finally {
      await service.stop();
    }
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

async function soak(service: ServiceProcess, report: Report): Promise<void> {
  await health(service.url);
  const before = descriptors(service);
  const batch = await post<BatchDetail>(service.url, '/batches', { scenarios: ['many'] });
  const clients = new Clients(service.url);
  const waits: number[] = [];
  const failed: string[] = [];
  const until = performance.now() + STAY_MS;
  let run: RunStatus | undefined;
  let batchState = 'running';
  while (performance.now() < until) {
    clients.fill();
    const from = performance.now();
    await health(service.url).catch((error: unknown) => failed.push(String(error)));
    waits.push(performance.now() - from);
    if (batchState === 'running')
      batchState = (await get<BatchDetail>(service.url, `/batches/${batch.batch_id}`)).state;
    else run ??= await post<RunStatus>(service.url, '/runs', { scenario_id: 'long' });
    await pause(100);
  }
  const ended = run && (await get<RunStatus>(service.url, `/runs/${run.run_id}`));
  if (ended) await post(service.url, `/runs/${ended.run_id}/stop`);
  clients.leave();
  const left = performance.now();
  while (descriptors(service) > before && performance.now() - left < BACK_MS) await pause(250);
  waits.sort((a, b) => a - b);
  const at = (share: number): string =>
    waits[Math.min(waits.length - 1, Math.floor(waits.length * share))]!.toFixed(0);
  report(
    `service with ${String(CLIENTS)} clients that hold on for ${String(STAY_MS / 1000)} s (${String(clients.opened)} connections): ` +
      `/health median ${at(0.5)} ms, p99 ${at(0.99)} ms, longest ${at(1)} ms (aim <= 1000), ${String(failed.length)} failed ${failed[0] ?? ''}`,
  );
  report(
    `descriptors ${String(before)} before, ${String(descriptors(service))} after ${((performance.now() - left) / 1000).toFixed(1)} s; ` +
      `batch ${batchState}; run ${ended?.state ?? 'not started'}, ${String(ended?.ticks_completed ?? 0)} ticks`,
  );
}

/** Clients by behaviour: silent, half a request slowly, a refused request, a closed sending side, an unread log. */
class Clients {
  readonly #url: URL;
  readonly #open = new Set<Socket>();
  opened = 0;

  constructor(url: string) {
    this.#url = new URL(url);
  }

  fill(): void {
    for (let left = 100; left > 0 && this.#open.size < CLIENTS; left--) this.#add(this.opened++);
  }

  leave(): void {
    for (const socket of this.#open) socket.destroy();
  }

  #add(n: number): void {
    const { port, host } = this.#url;
    const socket = connect({ port: Number(port), host: '127.0.0.1', allowHalfOpen: true });
    this.#open.add(socket);
    let drip: NodeJS.Timeout | undefined;
    socket.on('error', () => socket.destroy());
    socket.on('close', () => {
      clearInterval(drip);
      this.#open.delete(socket);
    });
    socket.resume();
    socket.on('connect', () => {
      const kind = n % 5;
      if (kind === 1) {
        socket.write(`GET /state HTTP/1.1\r\nhost: ${host}\r\nx: `);
        drip = setInterval(() => socket.write('a'), 1000);
      } else if (kind === 2) socket.write('GET /state HTTP/1.1\r\nhost: elsewhere.example\r\n\r\n');
      else if (kind === 3) socket.end(`GET /state HTTP/1.1\r\nhost: ${host}\r\n`);
      else if (kind === 4) socket.write(Buffer.from([22, 3, 1, 2, 0, 1, 0, 1, 252, 3, 3]));
    });
  }
}

function descriptors({ child }: ServiceProcess): number {
  return readdirSync(`/proc/${String(child.pid)}/fd`).length;
}

function health(url: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const asked = request(`${url}/health`, { agent: false }, (answer) => {
      answer.resume();
      answer.on('end', () => {
        if (answer.statusCode === 200) resolve();
        else reject(new Error(`status ${String(answer.statusCode)}`));
      });
    });
    asked.on('error', reject);
    asked.end();
  });
}

async function get<T>(url: string, path: string): Promise<T> {
  return (await (await fetch(url + path)).json()) as T;
}

async function post<T>(url: string, path: string, body: object = {}): Promise<T> {
  const headers = { 'content-type': 'application/json' };
  const answer = await fetch(url + path, { method: 'POST', headers, body: JSON.stringify(body) });
  if (answer.status >= 300) throw new Error(await answer.text());
  return (await answer.json()) as T;
}
