import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import t from 'tap';
import { Connections } from '../../lib/service/http/connections.js';
import { Refusal } from '../../lib/service/refusal.js';
import { JSON_TYPE } from '../../lib/service/http/replies.js';
import { sendLong } from '../../lib/service/http/send-long.js';

const limits = { max_connections: 8, max_streams: 8, stall_ms: 1000 };
const MIB = 1024 * 1024;

void t.test('a long body arrives complete, and others are served between its pieces', async (t) => {
  const body = Buffer.alloc(20 * MIB, 'abc,');
  const connections = new Connections(limits);
  let turns = 0;
  let isSent = false;
  const server = createServer((_request, response) => {
    const count = (): void => {
      turns++;
      if (!isSent) setImmediate(count);
    };
    setImmediate(count);
    void sendLong(response, connections, { status: 200, body, headers: JSON_TYPE }).finally(() => {
      isSent = true;
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.teardown(() => server.close());
  const { port } = server.address() as AddressInfo;
  const answer = await fetch(`http://127.0.0.1:${String(port)}/`);
  t.equal(answer.headers.get('content-length'), String(body.length));
  t.ok(body.equals(Buffer.from(await answer.arrayBuffer())));
  t.ok(turns >= 80, `${String(turns)} turns`);
});

void t.test('unread long answers use bounded memory; a single one may exceed it', (t) => {
  const connections = new Connections(limits);
  const done = connections.takeAnswer(1024 * MIB);
  t.throws(() => connections.takeAnswer(1), Refusal);
  done();
  done();
  const all = [connections.takeAnswer(300 * MIB), connections.takeAnswer(200 * MIB)];
  t.throws(() => connections.takeAnswer(100 * MIB), { code: 'too-many-streams' });
  all[0]!();
  all.push(connections.takeAnswer(100 * MIB));
  t.end();
});
