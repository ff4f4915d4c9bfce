import express, { type Router } from 'express';
import { SECURITY_HEADERS } from './security-headers.js';

/** Files of the built dashboard with a digest of their content in their names. */
const UNCHANGING = /[\\/]assets[\\/][^\\/]+-[\w-]{8}\.\w+$/;

/** Serves the built dashboard at `/`. Other paths are left to later handlers. */
export function dashboardFiles(directory: string): Router {
  const router = express.Router();
  router.use(
    express.static(directory, {
      index: 'index.html',
      redirect: false,
      dotfiles: 'ignore',
      setHeaders: (response, path) => {
        for (const [name, value] of Object.entries(SECURITY_HEADERS)) response.setHeader(name, value);
        response.setHeader(
          'cache-control',
          UNCHANGING.test(path) ? 'public, max-age=31536000, immutable' : 'no-cache',
        );
      },
    }),
  );
  return router;
}
