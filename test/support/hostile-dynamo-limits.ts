// Where DynamoDB does less than it was asked for and says so in the answer: short pages and unprocessed items.

export type Body = Readonly<Record<string, unknown>>;

/** A Query or Scan cut down to pages of so few items. */
export const shortPage = (input: Body, pageItems: number): Body => ({
  ...input,
  Limit: Math.min(typeof input.Limit === "number" ? input.Limit : pageItems, pageItems),
});

/** A batch as DynamoDB may treat it: the first half (at least one) is done, the rest is named in the answer. */
export type SplitBatch = { readonly done: Body; readonly answer: (answer: Body) => Body };

type Requests = Readonly<Record<string, readonly unknown[]>>;

const splitRequests = (all: Requests): { readonly first: Requests; readonly rest: Requests } => {
  const entries = Object.entries(all).flatMap(([table, requests]) => requests.map((request) => ({ table, request })));
  const half = Math.ceil(entries.length / 2);
  const group = (some: typeof entries): Requests =>
    Object.fromEntries(
      [...Map.groupBy(some, ({ table }) => table)].map(([table, list]) => [table, list.map(({ request }) => request)]),
    );
  return { first: group(entries.slice(0, half)), rest: group(entries.slice(half)) };
};

export function splitBatchWrite(input: Body): SplitBatch {
  const { first, rest } = splitRequests((input.RequestItems ?? {}) as Requests);
  return { done: { ...input, RequestItems: first }, answer: (answer) => ({ ...answer, UnprocessedItems: rest }) };
}

type KeysAndMore = { readonly Keys: readonly unknown[] };

export function splitBatchGet(input: Body): SplitBatch {
  const tables = (input.RequestItems ?? {}) as Readonly<Record<string, KeysAndMore>>;
  const keys = Object.fromEntries(Object.entries(tables).map(([table, { Keys }]) => [table, Keys]));
  const withKeys = (some: Requests) =>
    Object.fromEntries(Object.entries(some).map(([table, Keys]) => [table, { ...tables[table], Keys }]));
  const { first, rest } = splitRequests(keys);
  return {
    done: { ...input, RequestItems: withKeys(first) },
    answer: (answer) => ({ ...answer, UnprocessedKeys: withKeys(rest) }),
  };
}
