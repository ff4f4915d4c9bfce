#!/usr/bin/env node
require('./start.js')('aether-batch');
