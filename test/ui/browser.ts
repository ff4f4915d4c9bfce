import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { chromium, type Browser, type Page } from 'playwright-core';
import type { Test } from 'tap';
import { dashboardFiles, type ServiceOptions } from '../../lib/service/index.js';
import { REPO } from '../config/repo.js';
import { openService, workerExecutor, type InProcessService } from '../service/service-in-process.js';

/** The built dashboard; `AETHER_UI` names another build. */
export const BUILT = process.env['AETHER_UI'] ?? join(REPO, 'dist', 'ui');

/**
 * Factor by which the page is slowed down, to find tests that need a fast machine. `AETHER_SLOW_BROWSER` sets
 * it.
 */
const SLOWER = Number(process.env['AETHER_SLOW_BROWSER'] ?? 1);

const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** The installed browser, or `AETHER_CHROMIUM`; undefined without one. */
function chromiumPath(): string | undefined {
  const named = process.env['AETHER_CHROMIUM'];
  if (named !== undefined) return named;
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  return ['chromium', 'chromium-browser', 'google-chrome']
    .flatMap((name) => folders.map((folder) => join(folder, name)))
    .find((path) => existsSync(path));
}

/** The reason why tests with a browser cannot run here; false if they can. */
export function withoutBrowser(): string | false {
  if (chromiumPath() === undefined) return 'no Chromium is installed';
  return existsSync(join(BUILT, 'index.html')) ? false : 'the dashboard is not built';
}

export interface OpenPage {
  readonly page: Page;
  readonly url: string;
  readonly service: InProcessService;
  /** Errors of the page so far: script errors and violations of its security policy. */
  readonly complaints: readonly string[];
  /** Violations that axe finds on the page in its current state, one per line. */
  readonly violations: () => Promise<string[]>;
}

export interface PageOptions {
  /** The part after `#`, such as `/history`. */
  readonly at?: string;
  readonly width?: number;
  readonly scheme?: 'light' | 'dark';
  readonly service?: Partial<ServiceOptions>;
  /** Writes other documents than those of the service tests before the service starts. */
  readonly write?: (directory: string) => void;
}

/**
 * A page of the dashboard with a service in this process and runs on worker threads; all of it ends with the
 * test.
 */
export async function openDashboard(t: Test, options: PageOptions = {}): Promise<OpenPage> {
  const service = await openService(t, async ({ directory, atEnd }) => {
    options.write?.(directory);
    const executor = await workerExecutor();
    atEnd(() => executor.close());
    return { executor, dashboard: dashboardFiles(BUILT), ...options.service };
  });
  const browser = await launch(t);
  return { service, ...(await openPage(browser, service.service.url, options)) };
}

export async function launch(t: Test): Promise<Browser> {
  const browser = await chromium.launch({ executablePath: chromiumPath()!, args: FLAGS });
  t.teardown(() => browser.close());
  return browser;
}

/** A page of an existing service. */
export async function openPage(
  browser: Browser,
  url: string,
  { at = '/', width = 1280, scheme = 'light' }: PageOptions = {},
): Promise<Omit<OpenPage, 'service'>> {
  const page = await browser.newPage({ viewport: { width, height: 900 }, colorScheme: scheme });
  page.setDefaultTimeout(120_000 * SLOWER);
  if (SLOWER > 1) await slowDown(page);
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    const text = message.text();
    // The page shows a refusal of the service; only Chromium also logs it.
    if (message.type() === 'error' && !text.startsWith('Failed to load resource')) complaints.push(text);
  });
  await page.goto(`${url}/#${at}`);
  await page.getByRole('navigation', { name: 'Tabs' }).waitFor();
  return { page, url, complaints, violations: () => violations(page) };
}

async function slowDown(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page);
  await session.send('Emulation.setCPUThrottlingRate', { rate: SLOWER });
  await page.route('**/api/v1/**', async (route) => {
    await setTimeout(100 * SLOWER);
    await route.continue();
  });
}

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

async function violations(page: Page): Promise<string[]> {
  await page.evaluate(AXE);
  return page.evaluate(async () => {
    interface Found {
      readonly id: string;
      readonly help: string;
      readonly nodes: readonly { readonly target: readonly string[] }[];
    }
    const axe = (globalThis as unknown as { axe: { run(): Promise<{ violations: Found[] }> } }).axe;
    const { violations: found } = await axe.run();
    return found.map(
      ({ id, help, nodes }) => `${id}: ${help} (${nodes.map(({ target }) => target.join(' ')).join(', ')})`,
    );
  });
}

/** Pixels by which the page is wider than its window; 0 without horizontal overflow. */
export function overhang(page: Page): Promise<number> {
  return page.evaluate('document.documentElement.scrollWidth - window.innerWidth');
}
