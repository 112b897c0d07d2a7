import { type MaxComputeSimulator, startMaxComputeSimulator } from "../simulator/maxcompute/index.ts";

const defaultPort = 3001;

const portFrom = (text: string | undefined): number => {
  if (text === undefined || text === "") return defaultPort;
  const port = Number(text);
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return port;
  throw new Error(`PORT must be a whole number from 0 to 65535, not ${JSON.stringify(text)}`);
};

const linesOf = ({ endpoint, project, accessId, accessKey, region, instances }: MaxComputeSimulator): readonly string[] => [
  `endpoint=${endpoint}`,
  `project=${project}`,
  `access_id=${accessId}`,
  `access_key=${accessKey}`,
  `region=${region}`,
  ...Object.entries(instances).map(([scenario, id]) => `instance.${scenario}=${id}`),
  "ready=true",
];

const explain = (error: unknown): string => {
  if (error instanceof Error && "code" in error && error.code === "EADDRINUSE")
    return `port ${process.env.PORT || defaultPort} is in use; set PORT to another one, or to 0 for any free port`;
  return error instanceof Error ? error.message : String(error);
};

/** `npm run simulator`: prints `key=value` lines, `ready=true` last, and serves until SIGINT or SIGTERM. */
const main = async (): Promise<void> => {
  const simulator = await startMaxComputeSimulator({ port: portFrom(process.env.PORT) });
  const stop = (): void => void simulator.close();
  process.once("SIGINT", stop);
  process.once("SIGTERM", stop);
  console.log(linesOf(simulator).join("\n"));
};

try {
  await main();
} catch (error) {
  console.error(`simulator: ${explain(error)}`);
  process.exitCode = 1;
}
