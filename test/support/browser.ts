// A real Chromium for the browser tests, from npm alone: once a worker, headless, shut off from every host but the page's own.
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Browser, type BrowserContextOptions, chromium, type Page } from "playwright-core";

const libraryFolders = [
  "/lib/x86_64-linux-gnu",
  "/usr/lib/x86_64-linux-gnu",
  "/lib/aarch64-linux-gnu",
  "/usr/lib/aarch64-linux-gnu",
];
const systemFolders = [...libraryFolders, "/usr/lib64", "/lib64", "/usr/lib"];
const needed = ["libnss3.so", "libexpat.so.1"];

const hasSystemLibraries = () => needed.every((name) => systemFolders.some((folder) => existsSync(join(folder, name))));

async function packageVersion(): Promise<string> {
  const manifest = join(dirname(fileURLToPath(import.meta.resolve("@sparticuz/chromium"))), "..", "package.json");
  return String(JSON.parse(await readFile(manifest, "utf8")).version);
}

/** The package unpacks into the temporary folder and brings its shared libraries only where it believes to run on Lambda; both are
 *  read from the environment, which is put back afterwards. Answers the flags the package recommends. */
async function unpackInto(folder: string): Promise<readonly string[]> {
  const before = { ...process.env };
  process.env.TMPDIR = folder;
  process.env.AWS_EXECUTION_ENV = "AWS_Lambda_nodejs24.x";
  try {
    const { default: packaged } = await import("@sparticuz/chromium");
    await packaged.executablePath();
    return packaged.args;
  } finally {
    for (const name of ["TMPDIR", "AWS_EXECUTION_ENV", "FONTCONFIG_PATH", "HOME", "LD_LIBRARY_PATH"]) {
      if (before[name] === undefined) delete process.env[name];
      else process.env[name] = before[name];
    }
  }
}

const fontsConf = (folder: string) =>
  `<?xml version="1.0"?><fontconfig><dir>${folder}/fonts</dir><dir>/usr/share/fonts</dir><cachedir>${folder}/font-cache</cachedir></fontconfig>`;

/** Unpacked aside and renamed into place, so that two workers starting at once never see half a browser. */
async function unpackedFolder(): Promise<{ folder: string; args: readonly string[] }> {
  const folder = join(tmpdir(), `odps-chatops-chromium-${await packageVersion()}-${process.getuid?.() ?? 0}`);
  if (existsSync(folder)) return { folder, args: await unpackInto(folder) };
  const aside = await mkdtemp(`${folder}-`);
  const args = await unpackInto(aside);
  await mkdir(join(aside, "fonts"), { recursive: true });
  await writeFile(join(aside, "fonts", "fonts.conf"), fontsConf(folder));
  try {
    await rename(aside, folder);
  } catch (error) {
    await rm(aside, { recursive: true, force: true });
    if (!existsSync(folder)) throw error;
  }
  return { folder, args };
}

/** Its recommendations are for Lambda's sandbox: one process for everything is fragile, and no web security would hide our own faults. */
const unwanted = /^--(single-process|disable-web-security|allow-running-insecure-content|headless|in-process-gpu)/;

async function launch(): Promise<Browser> {
  try {
    const { folder, args } = await unpackedFolder();
    const environment = Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined);
    const libraries = hasSystemLibraries() ? {} : { LD_LIBRARY_PATH: join(folder, "al2023", "lib") };
    return await chromium.launch({
      executablePath: join(folder, "chromium"),
      headless: true,
      args: args.filter((flag) => !unwanted.test(flag)),
      env: { ...Object.fromEntries(environment), ...libraries, FONTCONFIG_PATH: join(folder, "fonts") },
    });
  } catch (error) {
    const reason = error instanceof Error ? (error.message.split("\n").find((line) => line.trim() !== "") ?? "") : String(error);
    throw new Error(`Chromium did not start, so the browser tests cannot run: ${reason}`, { cause: error });
  }
}

let browser: Promise<Browser> | undefined;

export type Visit = {
  readonly page: Page;
  /** What the page did wrong so far: errors it logged or threw, and requests to other hosts. A test takes away what it expected. */
  readonly problems: string[];
  /** Closes the page; throws when there were problems. */
  leave(): Promise<void>;
};

/** Opens `url` in a fresh profile. Viewport 1280 x 800 unless told otherwise; times are shown by the page in the person's own zone. */
export async function visit(url: string, options: BrowserContextOptions = {}): Promise<Visit> {
  browser ??= launch();
  const context = await (await browser).newContext({ viewport: { width: 1280, height: 800 }, ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(10_000);
  const problems: string[] = [];
  const { host } = new URL(url);
  page.on("console", (line) => {
    if (line.type() === "error" || line.type() === "warning") problems.push(`console ${line.type()}: ${line.text()}`);
  });
  page.on("pageerror", (error) => problems.push(`page error: ${error.message}`));
  page.on("request", (request) => {
    const asked = new URL(request.url());
    if (asked.protocol.startsWith("http") && asked.host !== host) problems.push(`request to another host: ${request.url()}`);
  });
  await page.goto(url);
  return {
    page,
    problems,
    async leave() {
      await context.close();
      if (problems.length > 0) throw new Error(`the page misbehaved:\n${problems.join("\n")}`);
    },
  };
}

/** Ends the worker's Chromium; call it in `afterAll`. */
export async function closeBrowser(): Promise<void> {
  const running = browser;
  browser = undefined;
  if (running !== undefined) await (await running).close();
}
