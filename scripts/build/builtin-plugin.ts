import type { Plugin } from "esbuild";

const namespace = "builtin";

/**
 * Takes `node:http` without its getters. An ES import of it reads every export, http.WebSocket among them, and with that loads the whole
 * fetch implementation: 25 ms and 10 MB for something that no bundle uses. https://nodejs.org/api/process.html#processgetbuiltinmoduleid
 */
export const builtinPlugin: Plugin = {
  name: "builtin",
  setup(build) {
    build.onResolve({ filter: /^(node:)?http$/ }, () => ({ path: "node:http", namespace }));
    build.onLoad({ filter: /.*/, namespace }, () => ({ contents: 'module.exports = process.getBuiltinModule("node:http");' }));
  },
};
