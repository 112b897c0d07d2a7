// dynalite, which comes without types; it says where it listens and ends with its parent.
import { once } from "node:events";
import type { Server } from "node:http";
import { createRequire } from "node:module";

const dynalite: (options: { readonly createTableMs: number; readonly deleteTableMs: number }) => Server = createRequire(
  import.meta.url,
)("dynalite");

const server = dynalite({ createTableMs: 0, deleteTableMs: 0 });
server.listen(0, "127.0.0.1");
await once(server, "listening");
const address = server.address();
process.on("disconnect", () => process.exit(0));
process.send?.(`http://127.0.0.1:${typeof address === "object" && address !== null ? address.port : 0}`);
