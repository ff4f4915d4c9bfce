import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Refusal } from '../refusal.js';
import { HttpRefusal } from './problems.js';
import { rawRefusal } from './replies.js';
import { Turns } from './turns.js';

/** Milliseconds a refused client has to read the refusal and to hang up. */
const LINGER_MS = 1000;
/** Refused clients that are waited for at once; further ones are hung up on. */
const MOST_LINGERING = 64;

/** Bytes of long answers that are held at once. */
const MOST_HELD = 512 * 1024 * 1024;

export interface ConnectionLimits {
  /** Open connections. */
  readonly max_connections: number;
  /** Answers that go on for as long as a client likes: log streams and exports. */
  readonly max_streams: number;
  /** Milliseconds a client may leave an answer unread. */
  readonly stall_ms: number;
}

/**
 * The connections of a server, so that clients which send nothing, read nothing or never hang up hold few descriptors for a short time.
 * When there are too many, the one that has been without a request for longest makes room; a new one is refused when all have one.
 */
export class Connections {
  readonly #limits: ConnectionLimits;
  /** Open connections; those without a request stand in the order in which they became so. */
  readonly #open = new Set<Socket>();
  /** What each is answering. */
  readonly #busy = new Map<Duplex, ServerResponse | null>();
  readonly #lingering = new Set<Duplex>();
  #streams = 0;
  readonly #turns = new Turns();
  /** Bytes of long answers that are being sent. */
  #held = 0;

  constructor(limits: ConnectionLimits) {
    this.#limits = limits;
  }

  /** Stands between a server and its connections. */
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
        // A further request on the same connection may have come meanwhile.
        if (this.#busy.get(request.socket) === response) this.#free(request.socket);
      });
    });
    server.on('upgrade', (_request: IncomingMessage, socket: Duplex) => {
      this.#occupy(socket, null);
    });
    // Streams keep to the limit themselves, and count whom they drop.
    server.timeout = 2 * this.#limits.stall_ms;
    server.on('timeout', (socket: Socket) => {
      const isBusy = this.#busy.has(socket);
      // Without anything left to send, it is the service that takes its time.
      if (!isBusy || socket.writableLength > 0) socket.destroy();
    });
  }

  /** A place for an answer that goes on; the result gives it back. @throws Refusal too-many-streams */
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

  /** Resolves when it is the caller's turn to send a further piece. */
  turn(): Promise<void> {
    return this.#turns.take();
  }

  /**
   * Room for an answer that is held in memory until the client has taken it; the result gives it back. An answer that is longer than
   * all the room is given it alone.
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

  /** Answers a connection that does not get as far as a request, and ends it soon, whatever the client does. */
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
    // Closing while unread bytes wait would reset the connection, and the client might not see the refusal.
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
    // Requests keep a connection young.
    if (this.#open.delete(socket) && !socket.destroyed) this.#open.add(socket);
  }
}
