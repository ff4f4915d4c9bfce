import t from 'tap';
import { MemoryStore, openStager } from '../../lib/store/index.js';
import { storeSuite } from './store-suite.js';

storeSuite(t, () => {
  const store = new MemoryStore();
  return Promise.resolve({ store, stager: openStager(store.stager) });
});
