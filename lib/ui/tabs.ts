import type { ComponentType } from 'react';

export interface Tab {
  /** First component of its URL, after `#/`. */
  readonly path: string;
  readonly title: string;
  readonly load: () => Promise<ComponentType>;
}

/** The tabs in display order; each is loaded when it is first opened. */
export const TABS = [
  {
    path: 'dashboard',
    title: 'Dashboard',
    load: async () => (await import('./tabs/dashboard/dashboard-tab.js')).DashboardTab,
  },
  {
    path: 'scenarios',
    title: 'Scenario & Config',
    load: async () => (await import('./tabs/scenarios/scenarios-tab.js')).ScenariosTab,
  },
  {
    path: 'pillars',
    title: 'Pillars',
    load: async () => (await import('./tabs/pillars/pillars-tab.js')).PillarsTab,
  },
  {
    path: 'governance',
    title: 'Governance & Budgets',
    load: async () => (await import('./tabs/governance/governance-tab.js')).GovernanceTab,
  },
  {
    path: 'history',
    title: 'History & Exports',
    load: async () => (await import('./tabs/history/history-tab.js')).HistoryTab,
  },
  {
    path: 'sweeps',
    title: 'Sweeps & Trends',
    load: async () => (await import('./tabs/sweeps/sweeps-tab.js')).SweepsTab,
  },
  {
    path: 'logs',
    title: 'Logs & Console',
    load: async () => (await import('./tabs/logs/logs-tab.js')).LogsTab,
  },
] as const satisfies readonly Tab[];
