// What the network of a sandbox is here: some names of the internet lead to this machine's simulators. The artefact is not told: Slack's
// address is fixed in it, and a setting for it would exist for tests alone.

/** Host names, and the port on the loopback interface that each leads to. */
export type Routes = Readonly<Record<string, number>>;

/**
 * Code that a sandbox's Node loads before the function. A connection to a routed name, with TLS or without, becomes a plain one to its
 * port; every other name cannot be reached.
 */
export const networkModule = (routes: Routes): string => `
const net = process.getBuiltinModule("node:net");
const tls = process.getBuiltinModule("node:tls");
const routes = ${JSON.stringify(routes)};
const isHere = (host) => host === undefined || host === "localhost" || net.isIP(host) !== 0;
const connect = net.connect;
const refuse = (host) => { throw new Error("the network of this sandbox does not lead to " + host); };
const route = (args) => {
  const [options] = args;
  const host = options?.host ?? options?.hostname;
  if (typeof options !== "object" || isHere(host)) return undefined;
  return routes[host] ?? refuse(host);
};
net.connect = net.createConnection = (...args) => {
  const port = route(args);
  return port === undefined ? connect(...args) : connect({ host: "127.0.0.1", port });
};
tls.connect = (...args) => {
  const port = route(args) ?? refuse("TLS on " + args[0]?.host);
  const socket = connect({ host: "127.0.0.1", port });
  socket.alpnProtocol = false;
  socket.once("connect", () => socket.emit("secureConnect"));
  return socket;
};
`;
