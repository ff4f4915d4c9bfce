import type { ArtefactStore } from '../../lib/store/index.js';

/** A store with changed methods. */
export function changedStore(store: ArtefactStore, changes: Partial<ArtefactStore>): ArtefactStore {
  return new Proxy(store, {
    get: (target, key) => {
      if (Object.hasOwn(changes, key)) return Reflect.get(changes, key) as unknown;
      const value: unknown = Reflect.get(target, key, target);
      return typeof value === 'function' ? (value.bind(target) as unknown) : value;
    },
  });
}
