import { MaxComputeError } from "../errors.ts";

const isLoopback = (hostname: string) => hostname === "localhost" || hostname === "[::1]" || /^127(\.\d{1,3}){3}$/.test(hostname);

/**
 * The address when a key may be asked for there: https, or this very machine. `source` names it in errors, which never quote it. Throws
 * MaxComputeError "invalid".
 */
export function checkSecretUrl(source: string, url: string, allowPlainHttp = false): string {
  if (!URL.canParse(url)) throw new MaxComputeError("invalid", `${source} is not a URL`);
  const { protocol, hostname, username, password } = new URL(url);
  if (username !== "" || password !== "") throw new MaxComputeError("invalid", `${source} must not have a login in it`);
  const isSafe = protocol === "https:" || (protocol === "http:" && (allowPlainHttp || isLoopback(hostname)));
  if (!isSafe) throw new MaxComputeError("invalid", `${source} must be an https URL, or an http URL of this machine`);
  return url;
}
