// The floor: the same bytes from the same tunnel, read and forgotten. It shares nothing with the client but the signature.
import { Agent } from "undici";
import { authorizeV2, canonicalString } from "../../src/maxcompute/index.ts";
import type { Places } from "./places.ts";

type Query = readonly (readonly [string, string])[];

/** Reads `rows` records of an instance; how many bytes they were. */
export async function discard({ endpoint, project, accessId, accessKey }: Places, id: string, rows: number): Promise<number> {
  const agent = new Agent();
  const { origin } = new URL(endpoint);
  const ask = async (method: "GET" | "POST", query: Query) => {
    const path = `/projects/${project}/instances/${id}`;
    const signed = [["Date", new Date().toUTCString()] as const, ["x-odps-tunnel-version", "6"] as const];
    const canonical = canonicalString({ method, path, query, headers: signed });
    const search = query.map(([name, value]) => (value === "" ? name : `${name}=${encodeURIComponent(value)}`)).join("&");
    const headers = { ...Object.fromEntries(signed), Authorization: authorizeV2(canonical, accessId, accessKey) };
    return agent.request({ origin, path: `${path}?${search}`, method, headers });
  };
  const session = (await (await ask("POST", [["downloads", ""]])).body.json()) as { DownloadID: string };
  const { statusCode, body } = await ask("GET", [
    ["downloadid", session.DownloadID],
    ["rowrange", `(0,${rows})`],
    ["data", ""],
  ]);
  if (statusCode !== 200) throw new Error(`the tunnel answered ${statusCode}`);
  let bytes = 0;
  for await (const chunk of body) bytes += (chunk as Uint8Array).byteLength;
  await agent.close();
  return bytes;
}
