// Indexes as DynamoDB has them: each write shows up there between at once and two seconds later, so that a later one may be
// seen before an earlier one. dynalite's are always up to date; here a query on an index is asked of a scratch table that holds
// what has arrived by now.
import { chance } from "./hostile-dynamo-trouble.ts";

type Attributes = Readonly<Record<string, unknown>>;
type Schema = {
  readonly KeySchema: readonly { readonly AttributeName: string }[];
  readonly AttributeDefinitions: readonly unknown[];
  readonly GlobalSecondaryIndexes?: readonly {
    readonly IndexName: string;
    readonly KeySchema: unknown;
    readonly Projection: unknown;
  }[];
  readonly TableStatus: string;
};
export type Answer = { readonly status: number; readonly body: Record<string, unknown> };
type Ask = (operation: string, input: Attributes) => Promise<Answer>;
type Arrival = { readonly at: number; readonly item: Attributes | undefined };

export const longestLagMs = 2_000;

export function createStaleIndexes(ask: Ask, now: () => number, seed: number) {
  /** By table, then by key: what arrives in the indexes, and when. */
  const arrivals = new Map<string, Map<string, Arrival[]>>();
  let scratches = 0;
  let last: Promise<unknown> = Promise.resolve();

  const schemaOf = async (table: string): Promise<Schema | undefined> => {
    const { status, body } = await ask("DescribeTable", { TableName: table });
    return status === 200 ? (body.Table as Schema) : undefined;
  };
  const keyOf = ({ KeySchema }: Schema, item: Attributes): Attributes =>
    Object.fromEntries(KeySchema.map(({ AttributeName }) => [AttributeName, item[AttributeName]]));

  /** Notes what stands under the key after a write. */
  const note = async (table: string, schema: Schema, item: Attributes) => {
    const key = keyOf(schema, item);
    const name = JSON.stringify(key);
    const { body } = await ask("GetItem", { TableName: table, Key: key, ConsistentRead: true });
    const keys = arrivals.get(table) ?? new Map<string, Arrival[]>();
    const before = keys.get(name) ?? [];
    const lag = Math.floor(chance(seed, table, name, before.length) * (longestLagMs + 1));
    keys.set(name, [...before, { at: now() + lag, item: body.Item as Attributes | undefined }]);
    arrivals.set(table, keys);
  };

  const fill = async (table: string, scratch: string, schema: Schema) => {
    const { KeySchema, AttributeDefinitions, GlobalSecondaryIndexes = [] } = schema;
    const indexes = GlobalSecondaryIndexes.map(({ IndexName, KeySchema: keys, Projection }) => ({
      IndexName,
      KeySchema: keys,
      Projection,
    }));
    const definition = { KeySchema, AttributeDefinitions, GlobalSecondaryIndexes: indexes, BillingMode: "PAY_PER_REQUEST" };
    await ask("CreateTable", { TableName: scratch, ...definition });
    while ((await schemaOf(scratch))?.TableStatus !== "ACTIVE");
    for (const history of arrivals.get(table)?.values() ?? []) {
      const item = history.findLast(({ at }) => at <= now())?.item;
      if (item !== undefined) await ask("PutItem", { TableName: scratch, Item: item });
    }
  };

  return {
    /** Runs a write of items (or keys) to tables; where a table has indexes, one write at a time, so that the history is true. */
    async write(
      targets: readonly { readonly table: string; readonly item: Attributes }[],
      run: () => Promise<Answer>,
    ): Promise<Answer> {
      const known = await Promise.all(targets.map(async (target) => ({ ...target, schema: await schemaOf(target.table) })));
      const indexed = known.filter(({ schema }) => schema?.GlobalSecondaryIndexes !== undefined);
      if (indexed.length === 0) return run();
      const mine = last.then(async () => {
        const answer = await run();
        for (const { table, item, schema } of indexed) if (schema !== undefined) await note(table, schema, item);
        return answer;
      });
      last = mine.catch(() => undefined);
      return mine;
    },
    /** A Query or Scan on an index. */
    async read(operation: string, input: Attributes): Promise<Answer> {
      const table = String(input.TableName);
      const schema = await schemaOf(table);
      // dynalite refuses these itself, and so it does what names no index or no table.
      if (schema?.GlobalSecondaryIndexes === undefined || input.ConsistentRead === true) return ask(operation, input);
      scratches += 1;
      const scratch = `scratch-${scratches}`;
      await fill(table, scratch, schema);
      const answer = await ask(operation, { ...input, TableName: scratch });
      await ask("DeleteTable", { TableName: scratch });
      return answer;
    },
  };
}
