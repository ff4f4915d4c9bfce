import { connect } from 'node:net';

export interface Load {
  readonly requests_per_second: number;
  /** Milliseconds. */
  readonly p50: number;
  readonly p99: number;
  readonly errors: number;
}

const CONNECTIONS = 16;
const SPLIT = Buffer.from('\r\n\r\n');

/**
 * Requests one path over keep-alive connections, each with one active request, and counts the answers. Uses
 * plain sockets: an HTTP client costs more than the measured server.
 */
export async function measureLoad(url: string, path: string, milliseconds: number): Promise<Load> {
  const { port, host } = new URL(url);
  const request = Buffer.from(`GET ${path} HTTP/1.1\r\nhost: ${host}\r\n\r\n`);
  const times: number[] = [];
  let errors = 0;
  const end = performance.now() + milliseconds;
  const one = (): Promise<void> =>
    new Promise((resolve, reject) => {
      const socket = connect(Number(port), '127.0.0.1');
      socket.setNoDelay(true);
      let sent = 0;
      let missing = 0;
      const send = (): void => {
        sent = performance.now();
        missing = -1;
        socket.write(request);
      };
      socket.on('connect', send);
      socket.on('error', reject);
      socket.on('data', (piece: Buffer) => {
        if (missing < 0) {
          const head = piece.indexOf(SPLIT);
          const text = piece.toString('latin1', 0, head);
          if (!text.startsWith('HTTP/1.1 200')) errors++;
          const length = Number(/content-length: (\d+)/i.exec(text)?.[1] ?? 0);
          missing = length - (piece.length - head - SPLIT.length);
        } else missing -= piece.length;
        if (missing > 0) return;
        const now = performance.now();
        times.push(now - sent);
        if (now < end) send();
        else {
          socket.end();
          resolve();
        }
      });
    });
  const start = performance.now();
  await Promise.all(Array.from({ length: CONNECTIONS }, one));
  const seconds = (performance.now() - start) / 1000;
  times.sort((a, b) => a - b);
  const at = (share: number): number =>
    times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0;
  return { requests_per_second: times.length / seconds, p50: at(0.5), p99: at(0.99), errors };
}
