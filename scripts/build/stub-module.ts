// The code that stands in the place of a module that is left out. It may be imported, and passed on by name; whoever reads one of its
// exports, calls it or makes one is told what is missing and why.

/** Shared by all stubs of a bundle. Import helpers ask for __esModule, promises for then, the language for symbols: those are answered. */
export const stubMaker = `
  module.exports = (specifier, reason) => {
    const refuse = (what) => { throw new Error(specifier + " is left out of this bundle (" + what + "): " + reason); };
    function stub() { refuse(new.target ? "constructed" : "called"); }
    // A function has these of its own, and a module may export them.
    delete stub.name;
    delete stub.length;
    return Object.setPrototypeOf(stub, new Proxy(Function.prototype, {
      get(target, key) {
        if (key === "__esModule") return true;
        if (key === "default") return stub;
        return key === "then" || typeof key === "symbol" ? Reflect.get(target, key) : refuse(key);
      },
    }));
  };`;

/** The code of one stub; `maker` is how the shared part is imported. */
export const stubModule = (
  { specifier, reason }: { readonly specifier: string; readonly reason: string },
  maker: string,
): string => `module.exports = require(${JSON.stringify(maker)})(${JSON.stringify(specifier)}, ${JSON.stringify(reason)});`;
