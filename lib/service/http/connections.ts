import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Refusal } from '../refusal.js';
import { HttpRefusal } from './problems.js';
import { rawRefusal } from './replies.js';
import { Turns } from './turns.js';
import { MOST_HELD, MOST_LINGERING } from './limits.js';

/** Milliseconds for a refused client to read the refusal and to close the connection. */
const LINGER_MS = 1000;

export interface ConnectionLimits {
  /** Maximum of open connections. */
  readonly max_connections: number;
  /** Maximum of answers without a bounded duration: log streams and exports. */
  readonly max_streams: number;
  /** Milliseconds for which a client may leave an answer unread. */
  readonly stall_ms: number;
}

/**
 * The connections of a server, limited so that clients which send nothing, read nothing or never disconnect
 * hold few descriptors for a short time. At the limit, the connection that has been idle longest is closed;
 * if none is idle, a new one is refused.
 */
export class Connections {
  readonly #limits: ConnectionLimits;
  /** Open connections; idle ones in the order in which they became idle. */
  readonly #open = new Set<Socket>();
  /** The current response of each busy connection. */
  readonly #busy = new Map<Duplex, ServerResponse | null>();
  readonly #lingering = new Set<Duplex>();
  #streams = 0;
  readonly #turns = new Turns();
  /** Bytes of long answers being sent. */
  #held = 0;

  constructor(limits: ConnectionLimits) {
    this.#limits = limits;
  }

  /** Tracks the connections of a server. */
  guard(server: Server): void {
    const [serve] = server.listeners('connection') as ((socket: Socket) => void)[];
    server.removeAllListeners('connection');
    server.on('connection', (socket: Socket) => {
      this.#turns.putOff();
      if (this.#admit(socket)) serve!.call(server, socket);
    });
    server.on('request', (request: IncomingMessage, response: ServerResponse) => {
      this.#occupy(request.socket, response);
      response.once('close', () => {
        // Another request may have arrived on the same connection meanwhile.
        if (this.#busy.get(request.socket) === response) this.#free(request.socket);
      });
    });
    server.on('upgrade', (_request: IncomingMessage, socket: Duplex) => {
      this.#occupy(socket, null);
    });
    // Streams enforce the limit themselves, and count dropped clients.
    server.timeout = 2 * this.#limits.stall_ms;
    server.on('timeout', (socket: Socket) => {
      const isBusy = this.#busy.has(socket);
      // With nothing left to send, the service itself is slow.
      if (!isBusy || socket.writableLength > 0) socket.destroy();
    });
  }

  /** Reserves a stream; the returned function releases it. @throws Refusal too-many-streams */
  takeStream(): () => void {
    const { max_streams } = this.#limits;
    if (this.#streams >= max_streams) {
      throw new HttpRefusal(
        'too-many-streams',
        `This service sends at most ${String(max_streams)} streams at once`,
        { 'retry-after': '5' },
      );
    }
    this.#streams++;
    let isTaken = true;
    return () => {
      if (isTaken) this.#streams--;
      isTaken = false;
    };
  }

  /** Resolves when the caller may send another piece. */
  turn(): Promise<void> {
    return this.#turns.take();
  }

  /**
   * Reserves memory for an answer that is buffered until the client has read it; the returned function
   * releases it. An answer larger than the limit may be the only one.
   *
   * @throws Refusal too-many-streams
   */
  takeAnswer(bytes: number): () => void {
    if (this.#held > 0 && this.#held + bytes > MOST_HELD) {
      const detail = `This service buffers at most ${String(MOST_HELD)} bytes of answers at once`;
      throw new HttpRefusal('too-many-streams', detail, { 'retry-after': '5' });
    }
    this.#held += bytes;
    let isTaken = true;
    return () => {
      if (isTaken) this.#held -= bytes;
      isTaken = false;
    };
  }

  /** Answers a connection without a valid request, and closes it soon, regardless of the client. */
  refuse(socket: Duplex, refusal: Refusal): void {
    if (!socket.writable || this.#busy.get(socket)?.headersSent === true) {
      socket.destroy();
      return;
    }
    socket.on('error', () => socket.destroy());
    if (this.#lingering.size >= MOST_LINGERING) {
      socket.end(rawRefusal(refusal), () => socket.destroy());
      return;
    }
    // Closing with unread bytes pending would reset the connection, and the client might not see the refusal.
    socket.end(rawRefusal(refusal));
    socket.on('end', () => socket.destroy());
    socket.resume();
    const timer = setTimeout(() => socket.destroy(), LINGER_MS);
    this.#lingering.add(socket);
    socket.once('close', () => {
      clearTimeout(timer);
      this.#lingering.delete(socket);
    });
  }

  #admit(socket: Socket): boolean {
    const { max_connections } = this.#limits;
    if (this.#open.size >= max_connections && !this.#makeRoom()) {
      const detail = `This service accepts at most ${String(max_connections)} connections at once`;
      this.refuse(socket, new HttpRefusal('too-many-connections', detail, { 'retry-after': '5' }));
      return false;
    }
    this.#open.add(socket);
    socket.once('close', () => {
      this.#open.delete(socket);
      this.#busy.delete(socket);
    });
    return true;
  }

  #makeRoom(): boolean {
    for (const socket of this.#open) {
      if (this.#busy.has(socket)) continue;
      this.#open.delete(socket);
      socket.destroy();
      return true;
    }
    return false;
  }

  #occupy(socket: Duplex, response: ServerResponse | null): void {
    this.#busy.set(socket, response);
  }

  #free(socket: Socket): void {
    this.#busy.delete(socket);
    // A request makes a connection the most recently used.
    if (this.#open.delete(socket) && !socket.destroyed) this.#open.add(socket);
  }
}
