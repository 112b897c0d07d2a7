// The page's own files: TypeScript with its types taken off, two modules of preact, one stylesheet, one document. No build.
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { stripTypeScriptTypes } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

export type Asset = { readonly type: string; readonly body: Buffer; readonly etag: string };

const pageFolder = join(dirname(fileURLToPath(import.meta.url)), "page");
const packages: Readonly<Record<string, string>> = {
  "/page/preact.mjs": "preact",
  "/page/preact-hooks.mjs": "preact/hooks",
};

const sha256 = (body: string | Buffer) => createHash("sha256").update(body).digest("base64");

function assetOf(type: string, body: string): Asset {
  const bytes = Buffer.from(body);
  return { type: `${type}; charset=utf-8`, body: bytes, etag: `"${sha256(bytes).slice(0, 22)}"` };
}

function pageAsset(file: string): Asset | undefined {
  const read = () => readFileSync(join(pageFolder, file), "utf8");
  if (file.endsWith(".ts")) return assetOf("text/javascript", stripTypeScriptTypes(read(), { mode: "strip" }));
  if (file.endsWith(".css")) return assetOf("text/css", read());
  if (file.endsWith(".svg")) return assetOf("image/svg+xml", read());
  return file === "index.html" ? assetOf("text/html", read()) : undefined;
}

/** The hash by which the content security policy lets the document's import map through, and no other inline script. */
export function importMapHash(html: string): string {
  const map = /<script type="importmap">([\s\S]*?)<\/script>/.exec(html)?.[1];
  if (map === undefined) throw new Error("the page has no import map");
  return `sha256-${sha256(map)}`;
}

/** Reads every file of the page once, at start: path -> what to send. Only what is found here can ever be asked for. */
export function loadAssets(): ReadonlyMap<string, Asset> {
  const assets = new Map<string, Asset>();
  for (const file of readdirSync(pageFolder, { recursive: true, encoding: "utf8" })) {
    const asset = pageAsset(file);
    if (asset !== undefined) assets.set(file === "index.html" ? "/" : `/page/${file.replaceAll("\\", "/")}`, asset);
  }
  for (const [path, name] of Object.entries(packages)) {
    // The comment that names a source map would only send the browser's tools after a file we do not serve.
    const source = readFileSync(fileURLToPath(import.meta.resolve(name)), "utf8").replace(/\n?\/\/# sourceMappingURL=.*$/m, "");
    assets.set(path, assetOf("text/javascript", source));
  }
  return assets;
}
