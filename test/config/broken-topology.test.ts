import t from 'tap';
import { checkBroken } from './broken.js';
import { TOPOLOGY_CASES } from './cases/topology.js';

checkBroken(t, 't.yaml', TOPOLOGY_CASES);
