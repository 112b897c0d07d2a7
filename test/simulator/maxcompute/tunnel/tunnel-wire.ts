import type { Answer, Ask, aSimulator } from "../wire.ts";

type World = Awaited<ReturnType<typeof aSimulator>>;
type Query = NonNullable<Ask["query"]>;

export const versionHeader = { "x-odps-tunnel-version": "6" };

/** Requests of the instance tunnel, signed as all others are. */
export const tunnelOf = (world: World) => {
  const wanted = (scenarioOrId: string, method: string, query: Query, headers: Readonly<Record<string, string>> = {}): Ask => ({
    method,
    path: world.instancePath(scenarioOrId),
    query,
    headers: { ...versionHeader, ...headers },
    at: "root",
  });
  const open = (scenarioOrId: string, ...more: Query): Promise<Answer> =>
    world.ask(wanted(scenarioOrId, "POST", [["downloads", ""], ...more]));
  const idOf = async (scenarioOrId: string, ...more: Query): Promise<string> =>
    JSON.parse((await open(scenarioOrId, ...more)).body).DownloadID;
  const read = (scenarioOrId: string, id: string, ...more: Query): Ask =>
    wanted(scenarioOrId, "GET", [["downloadid", id], ["data", ""], ...more]);
  return {
    wanted,
    open,
    idOf,
    state: (scenarioOrId: string, id: string): Promise<Answer> => world.ask(wanted(scenarioOrId, "GET", [["downloadid", id]])),
    read,
    /** All records of a new session, or those that `more` asks for. */
    records: async (scenarioOrId: string, ...more: Query): Promise<Answer> =>
      world.ask(read(scenarioOrId, await idOf(scenarioOrId), ...more)),
    /** What arrives before the connection breaks, or all of it. */
    received: async (ask: Ask): Promise<{ readonly bytes: Buffer; readonly isComplete: boolean }> => {
      const res = await world.openAnswer(ask);
      const chunks: Buffer[] = [];
      res.on("data", (chunk: Buffer) => chunks.push(chunk));
      const isComplete = await new Promise<boolean>((resolve) => {
        res.on("error", () => resolve(false));
        res.on("end", () => resolve(true));
      });
      return { bytes: Buffer.concat(chunks), isComplete };
    },
  };
};

/** The code of a refusal, which the tunnel writes in JSON; it must be whole. */
export const codeOf = ({ status, headers, body }: Answer): string => {
  const { Code, Message, RequestId, HostId } = JSON.parse(body);
  const isWhole = status >= 400 && Message !== "" && HostId !== "" && RequestId === headers["x-odps-request-id"];
  return isWhole && headers["content-type"] === "application/json" ? Code : "";
};
