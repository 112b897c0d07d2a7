import type { Plugin } from "esbuild";
import { packageOf } from "./package-of.ts";
import { stubMaker, stubModule } from "./stub-module.ts";
import type { Stub } from "./stubs.ts";

const namespace = "left-out";
const maker = "left-out";

/** Puts a stub in the place of each import that the table names. `used` hears of every one that took effect. */
export function stubPlugin(stubs: readonly Stub[], used: (stub: Stub) => void): Plugin {
  const keyOf = ({ importers, specifier }: Stub): string => `${importers} ${specifier}`;
  const byKey = new Map(stubs.map((stub) => [keyOf(stub), stub]));
  return {
    name: "stubs",
    setup(build) {
      build.onResolve({ filter: /^left-out$/, namespace }, () => ({ path: maker, namespace }));
      build.onResolve({ filter: /.*/ }, ({ path, importer }) => {
        const stub = stubs.find(({ specifier, importers }) => specifier === path && packageOf(importer)?.startsWith(importers));
        if (stub === undefined) return undefined;
        used(stub);
        return { path: keyOf(stub), namespace };
      });
      build.onLoad({ filter: /.*/, namespace }, ({ path }) => {
        const stub = byKey.get(path);
        return { contents: stub === undefined ? stubMaker : (stub.code ?? stubModule(stub, maker)), loader: "js" };
      });
    },
  };
}
