import { fork } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { RunStatus } from '../../lib/service/wire/index.js';
import { startService, type ServiceProcess } from '../service/service-process.js';
import { writeDocuments } from '../service/service-documents.js';
import { measureLoad, type Load } from './service-load.js';
import { writeRecords } from './service-tree.js';

type Report = (line: string) => void;

const MANIFEST = `v: 1
kind: BatchManifest
name: bench
defaults:
  v: 1
  gid: RING
  topology_path: ring.yaml
  profile_path: profile.yaml
  initial_state: [50, 0, 0, 0, 0]
scenarios:
  - id: silent
    retain: compact
    run: { run_id: silent, ticks: 20000000, windows: { every: 1000, apx_name: S } }
  - id: chatty
    retain: compact
    run: { run_id: chatty, ticks: 20000000, windows: { every: 1000, apx_name: C }, logging: { enabled: true } }
`;

const RUNS = 10_000;
const LOAD_MS = 4000;
const PATHS = ['/state', '/history'] as const;

/** The operator service under load, relative to a bare Express route that returns the same bytes. */
export async function benchService(report: Report): Promise<void> {
  const directory = mkdtempSync(join(tmpdir(), 'aether-bench-service-'));
  try {
    writeDocuments(directory, MANIFEST);
    const first = await startService(directory);
    await first.stop();
    writeRecords(join(directory, 'artefacts'), RUNS);
    const service = await startService(directory);
    try {
      await benchListing(service, report);
      await benchRequests(service, report);
      await benchDeafClients(service, report);
    } finally {
      await service.stop();
    }
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

async function timed(url: string): Promise<number> {
  const start = performance.now();
  const answer = await fetch(url);
  await answer.arrayBuffer();
  if (answer.status !== 200) throw new Error(`${url}: ${String(answer.status)}`);
  return performance.now() - start;
}

async function benchListing({ url }: ServiceProcess, report: Report): Promise<void> {
  const cold = await timed(`${url}/history`);
  const pages = [
    '/history?limit=1000',
    '/history?scenario_id=bench-7&limit=100',
    '/history?result=fault&limit=200',
    '/history?name=bench-4',
  ];
  const times: number[] = [];
  for (const page of pages) times.push(await timed(url + page));
  report(
    `service history, ${String(RUNS)} runs: first page cold ${cold.toFixed(0)} ms; filtered and paged at most ${Math.max(...times).toFixed(0)} ms (aim <= 100)`,
  );
}

async function benchRequests(service: ServiceProcess, report: Report): Promise<void> {
  const { url } = service;
  const bodies: Record<string, string> = {};
  for (const path of PATHS) bodies[path] = await (await fetch(url + path)).text();
  const bare = await startBare(bodies);
  try {
    for (const path of PATHS) {
      const yardstick = await measureLoad(bare.url, path, LOAD_MS);
      const idle = await measureLoad(url, path, LOAD_MS);
      report(requestLine(`${path} idle`, idle, yardstick));
    }
    const id = await startRun(url, 'silent');
    for (const path of PATHS) {
      const yardstick = await measureLoad(bare.url, path, LOAD_MS);
      const busy = await measureLoad(url, path, LOAD_MS);
      report(requestLine(`${path} beside a run at full speed`, busy, yardstick));
    }
    await stopRun(url, id);
  } finally {
    bare.stop();
  }
}

function requestLine(what: string, load: Load, yardstick: Load): string {
  const ratio = load.requests_per_second / yardstick.requests_per_second;
  const numbers = `${load.requests_per_second.toFixed(0)} requests/s, p99 ${load.p99.toFixed(1)} ms`;
  const errors = load.errors > 0 ? `, ${String(load.errors)} ERRORS` : '';
  return `service GET ${what}: ${numbers}${errors}; ${ratio.toFixed(2)} of a bare Express route (p99 ${yardstick.p99.toFixed(1)} ms), aim >= 0.7, p99 <= 20 ms`;
}

async function startBare(
  bodies: Readonly<Record<string, string>>,
): Promise<{ readonly url: string; readonly stop: () => void }> {
  const child = fork(fileURLToPath(new URL('./service-bare.js', import.meta.url)));
  child.send(bodies);
  const port = await new Promise<unknown>((resolve) => child.once('message', resolve));
  return { url: `http://127.0.0.1:${String(port)}`, stop: () => child.disconnect() };
}

async function post<T>(url: string, body?: object): Promise<T> {
  const init =
    body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } };
  const answer = await fetch(url, { method: 'POST', ...init });
  if (answer.status >= 300) throw new Error(await answer.text());
  return (await answer.json()) as T;
}

const startRun = async (url: string, scenario_id: string): Promise<string> =>
  (await post<RunStatus>(`${url}/runs`, { scenario_id })).run_id;
const stopRun = (url: string, id: string): Promise<RunStatus> => post<RunStatus>(`${url}/runs/${id}/stop`);

const CLIENTS = 100;
const WATCH_MS = 30_000;
const HANDSHAKE =
  'connection: Upgrade\r\nupgrade: websocket\r\nsec-websocket-version: 13\r\nsec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\n';

/** Half of them request server-sent events and half a WebSocket; none ever reads. */
function deafClient(url: string, id: string, n: number): Socket {
  const { port, host } = new URL(url);
  const socket = connect(Number(port), '127.0.0.1');
  socket.pause();
  socket.on('error', () => undefined);
  socket.write(
    `GET /runs/${id}/logs/stream HTTP/1.1\r\nhost: ${host}\r\n${n % 2 === 0 ? '' : HANDSHAKE}\r\n`,
  );
  return socket;
}

async function benchDeafClients(service: ServiceProcess, report: Report): Promise<void> {
  const { url, child } = service;
  const id = await startRun(url, 'chatty');
  await pause(2000);
  const start = residentMiB(child.pid!);
  const alone = await ticksPerSecond(url, id);
  const before = residentMiB(child.pid!);
  const clients = Array.from({ length: CLIENTS }, (_, n) => deafClient(url, id, n));
  const beside = await ticksPerSecond(url, id);
  const grown = residentMiB(child.pid!) - before;
  for (const client of clients) client.destroy();
  const again = await ticksPerSecond(url, id);
  await stopRun(url, id);
  const ratio = beside / ((alone + again) / 2);
  report(
    `service beside ${String(CLIENTS)} log clients that never read for ${String(WATCH_MS / 1000)} s: ${beside.toFixed(0)} ticks/s, ${ratio.toFixed(2)} of ${alone.toFixed(0)} before and ${again.toFixed(0)} after (aim >= 0.95); memory ${signed(grown)} MiB (${signed(before - start)} MiB without them)`,
  );
}

async function ticksPerSecond(url: string, id: string): Promise<number> {
  const ticks = async (): Promise<number> =>
    ((await (await fetch(`${url}/runs/${id}`)).json()) as RunStatus).ticks_completed!;
  const start = performance.now();
  const first = await ticks();
  await pause(WATCH_MS);
  return (((await ticks()) - first) * 1000) / (performance.now() - start);
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

function residentMiB(pid: number): number {
  try {
    const status = readFileSync(`/proc/${String(pid)}/status`, 'utf8');
    return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024;
  } catch {
    return 0;
  }
}

function signed(value: number): string {
  return `${value < 0 ? '' : '+'}${value.toFixed(0)}`;
}
