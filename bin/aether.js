#!/usr/bin/env node
import '../dist/cli/aether.js';
