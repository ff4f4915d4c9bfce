import { defineConfig } from 'vite';

/** The dashboard: lib/ui into dist/ui, which `aether serve` hands out. Nothing of it is fetched from elsewhere. */
export default defineConfig({
  root: 'lib/ui',
  base: './',
  logLevel: 'warn',
  publicDir: false,
  build: {
    target: 'es2022',
    outDir: '../../dist/ui',
    emptyOutDir: true,
    // One style sheet: a tab whose code is fetched again after a failure must not come without its style.
    cssCodeSplit: false,
    // What is inlined as data: URLs the content security policy would refuse.
    assetsInlineLimit: 0,
    rolldownOptions: {
      onwarn(warning, warn) {
        // Marks for frameworks that render on a server; this is a page.
        if (warning.code !== 'MODULE_LEVEL_DIRECTIVE') warn(warning);
      },
    },
  },
  // `npm run ui` beside an `aether serve` on its default port, which knows no origin but its own.
  server: {
    host: '127.0.0.1',
    proxy: { '/api/v1': service(), '/openapi.json': service(), '/docs': service() },
  },
});

function service() {
  return {
    target: 'http://127.0.0.1:8787',
    changeOrigin: true,
    configure(proxy) {
      proxy.on('proxyReq', (request) => request.removeHeader('origin'));
    },
  };
}
