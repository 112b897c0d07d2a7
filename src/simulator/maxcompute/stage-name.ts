/** The number a stage has in its plan, and those it waits for: `J3_1_2` is the third, after the first and the second. */
const numbersIn = (name: string): readonly [own: string | undefined, up: readonly string[]] => {
  const [, own, rest = ""] = /^[A-Z]+(\d+)((?:_\d+)*)/.exec(name) ?? [];
  return [own, rest.split("_").filter((number) => number !== "")];
};

type Dependencies = { readonly up: readonly string[]; readonly down: readonly string[] };

/** Which of `all` a stage reads from, and which read from it, as their names tell. */
export const stageDependencies = (name: string, all: readonly string[]): Dependencies => {
  const [own, up] = numbersIn(name);
  return {
    up: all.filter((other) => up.includes(numbersIn(other)[0] ?? "")),
    down: all.filter((other) => own !== undefined && numbersIn(other)[1].includes(own)),
  };
};
