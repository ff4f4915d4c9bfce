/** Keys that reach an object's prototype in JavaScript; no document needs them. */
export const REFUSED_KEYS: readonly string[] = ['__proto__', 'constructor', 'prototype'];
