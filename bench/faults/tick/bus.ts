// EventBridge as far as the watches need it: two buses and the minute rule. What it took, it took, whether or not its answer arrives.
import type { IncomingMessage, ServerResponse } from "node:http";
import * as z from "zod/mini";
import { open } from "../../../src/aws/envelope.ts";
import { Look } from "../../../src/aws/look-queue.ts";
import type { Place } from "../../../src/watch/index.ts";

const Entry = z.object({ EventBusName: z.string(), DetailType: z.string(), Detail: z.string() });
const Put = z.object({ Entries: z.array(Entry) });
const Public = z.object({ id: z.string() });

export type Bus = {
  handle(request: IncomingMessage, response: ServerResponse): void;
  /** Whether the minute rule is on. */
  isOn(): boolean;
  /** Looks that were asked for and not yet taken from the private bus. */
  takeLooks(): readonly Place[];
  /** Ids of what others could hear, once each. */
  published(): ReadonlySet<string>;
};

/** Every so manieth entry is refused in an answer that says that all is well. */
const refusedEvery = 7;

export function createBus(sealKey: string): Bus {
  const published = new Set<string>();
  let looks: Place[] = [];
  let isOn = false;
  let count = 0;

  function take({ EventBusName, DetailType, Detail }: z.infer<typeof Entry>): boolean {
    count += 1;
    if (EventBusName === "public") {
      if (count % refusedEvery === 0) return false;
      published.add(Public.parse(JSON.parse(Detail)).id);
      return true;
    }
    const look = Look.safeParse(open(DetailType, JSON.parse(Detail), [sealKey]));
    if (look.data !== undefined) looks.push(look.data);
    return true;
  }

  function answer(operation: string, body: string): object {
    if (operation === "EnableRule") isOn = true;
    if (operation === "DisableRule") isOn = false;
    if (operation !== "PutEvents") return {};
    const Entries = Put.parse(JSON.parse(body)).Entries.map((entry, index) =>
      take(entry) ? { EventId: `event-${index}` } : { ErrorCode: "ThrottlingException", ErrorMessage: "slow down" },
    );
    return { FailedEntryCount: Entries.filter(({ EventId }) => EventId === undefined).length, Entries };
  }

  return {
    handle(request, response) {
      const serve = async () => {
        const chunks: Buffer[] = [];
        for await (const chunk of request) chunks.push(chunk);
        const operation = String(request.headers["x-amz-target"]).split(".")[1] ?? "";
        const said = answer(operation, Buffer.concat(chunks).toString());
        response.writeHead(200, { "content-type": "application/x-amz-json-1.1" }).end(JSON.stringify(said));
      };
      serve().catch(() => response.destroy());
    },
    isOn: () => isOn,
    takeLooks: () => {
      const taken = looks;
      looks = [];
      return taken;
    },
    published: () => published,
  };
}
