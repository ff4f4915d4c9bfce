/** The yardstick: an Express application that does nothing but answer with bytes it was given. Run as a process of its own. */
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
