/** The yardstick: an Express application that only answers with given bytes. Runs as a separate process. */
import express from 'express';
import type { AddressInfo } from 'node:net';

process.on('message', (bodies: Readonly<Record<string, string>>) => {
  const app = express();
  for (const [path, body] of Object.entries(bodies)) {
    const bytes = Buffer.from(body);
    app.get(path, (_request, response) => {
      response.type('json').send(bytes);
    });
  }
  const server = app.listen(0, '127.0.0.1', () => {
    process.send!((server.address() as AddressInfo).port);
  });
});
process.on('disconnect', () => process.exit());
