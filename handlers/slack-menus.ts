// What the door needs to fill a menu, loaded when somebody opens the first one.
import type { DynamoReaderPorts } from "../src/aws/dynamo-read.ts";
import { createDynamoReader } from "../src/aws/dynamo-read.ts";
import type { Shown } from "../src/commands/recall.ts";
import { createShown } from "../src/commands/recall.ts";

export const shownIn = (table: DynamoReaderPorts): Shown => createShown(createDynamoReader(table), table.now);
