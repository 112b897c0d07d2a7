// The layer boundaries of ARCHITECTURE.md as one table. It writes biome.json and proves that Biome holds it:
//   node scripts/boundaries.ts --write    write biome.json
//   node scripts/boundaries.ts --probe    every banned edge must be reported, every allowed edge must not
// Biome matches the text of an import specifier, hence relative imports only and patterns such as **/slack/**.
import { execFileSync } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative, resolve } from "node:path";

type Layer = {
  /** Folders and root files of src/ this layer may import. */
  readonly may: readonly string[];
  /** Packages it may not import. */
  readonly not: readonly string[];
  readonly why: string;
};

const slackPackages = ["@slack/*"];
const awsPackages = ["@aws-sdk/*"];
const folders = ["maxcompute", "sql", "watch", "view", "commands", "slack", "aws", "local", "simulator"];
const roots = ["bot", "config", "log"];

const layers: Readonly<Record<string, Layer>> = {
  "src/maxcompute": { may: [], not: [...slackPackages, ...awsPackages], why: "src/maxcompute is a REST client: it knows nobody" },
  "src/sql": { may: [], not: [...slackPackages, ...awsPackages, "undici", "zod"], why: "src/sql is pure: it knows nobody" },
  "src/watch": {
    may: ["maxcompute"],
    not: [...slackPackages, ...awsPackages, "undici"],
    why: "src/watch is pure: it knows only src/maxcompute",
  },
  "src/view": { may: ["maxcompute", "watch"], not: [...slackPackages, ...awsPackages], why: "a View is plain data" },
  "src/commands": {
    may: ["maxcompute", "sql", "watch", "view", "log"],
    not: [...slackPackages, ...awsPackages, "undici"],
    why: "commands return a View and never see Slack or AWS",
  },
  "src/slack": {
    may: ["commands", "watch", "view", "maxcompute", "bot", "log"],
    not: awsPackages,
    why: "src/slack renders Views and carries text",
  },
  "src/aws": {
    may: ["watch", "commands", "view", "maxcompute", "config", "log"],
    not: slackPackages,
    why: "src/aws implements ports; it does not speak Slack",
  },
  "src/local": {
    may: ["maxcompute", "watch", "commands", "slack", "simulator", "bot", "view", "config", "log"],
    not: awsPackages,
    why: "the local run needs no AWS",
  },
  "src/local/workbench/page": {
    may: [],
    not: [...slackPackages, ...awsPackages, "undici", "zod"],
    why: "the page runs in a browser",
  },
  "src/simulator": {
    may: [],
    not: [...slackPackages, ...awsPackages],
    why: "the simulator is an oracle: it shares no code with what it tests",
  },
  "src/simulator/maxcompute": {
    may: [],
    not: [...slackPackages, ...awsPackages],
    why: "the simulator is an oracle: it shares no code with what it tests",
  },
  "src/simulator/slack": {
    may: [],
    not: [...slackPackages, ...awsPackages],
    why: "the simulator is an oracle: it shares no code with what it tests",
  },
  handlers: {
    may: ["maxcompute", "watch", "commands", "slack", "aws", "bot", "view", "config", "log"],
    not: [],
    why: "the local run and the simulator are never deployed",
  },
  "src/bot.ts": {
    may: ["maxcompute", "watch", "commands", "view", "log"],
    not: [...slackPackages, ...awsPackages, "undici"],
    why: "the bot knows ports, not adapters",
  },
  "src/config.ts": {
    may: ["commands"],
    not: [...slackPackages, ...awsPackages],
    why: "config is one schema; of the commands it knows how a policy is written",
  },
  "src/log.ts": { may: [], not: [...slackPackages, ...awsPackages], why: "the log knows nobody" },
};

/** The name of a layer as others import it: "src/maxcompute" is "maxcompute", "src/simulator/slack" is part of "simulator". */
const own = (layer: string): string => layer.replace(/^src\//, "").replace(/\.ts$/, "");

const isNested = (layer: string): boolean => own(layer).includes("/");

const bannedIn = (layer: string, { may }: Layer) => ({
  folders: folders.filter((folder) => folder !== own(layer) && !may.includes(folder)),
  roots: roots.filter((root) => root !== own(layer) && !may.includes(root)),
});

const restriction = ([layer, rule]: [string, Layer]) => {
  const banned = bannedIn(layer, rule);
  const group = [
    ...banned.folders.map((folder) => `**/${folder}/**`),
    ...banned.roots.map((root) => `**/../${root}.ts`),
    ...rule.not,
  ];
  return {
    includes: [layer.endsWith(".ts") ? layer : `${layer}/**`],
    linter: {
      rules: { style: { noRestrictedImports: { level: "error", options: { patterns: [{ group, message: rule.why }] } } } },
    },
  };
};

const biomeConfig = {
  $schema: "./node_modules/@biomejs/biome/configuration_schema.json",
  vcs: { enabled: true, clientKind: "git", useIgnoreFile: true },
  files: { includes: ["**", "!**/*.md", "!test/vectors/*.json", "!package-lock.json"] },
  formatter: { indentStyle: "space", lineWidth: 130 },
  linter: {
    rules: {
      preset: "recommended",
      style: { noProcessEnv: "error", useImportType: "error", useNodejsImportProtocol: "error", noNonNullAssertion: "error" },
      suspicious: {
        noImportCycles: "error",
        noConsole: "error",
        noFocusedTests: "error",
        noSkippedTests: "error",
        noExplicitAny: "error",
      },
      correctness: { noUnusedImports: "error", noUnusedVariables: "error" },
      nursery: { noFloatingPromises: "error" },
    },
  },
  overrides: [
    ...Object.entries(layers).map(restriction),
    {
      includes: ["handlers/**", "src/local/main.ts", "src/local/simulator.ts", "test/**", "bench/**", "scripts/**"],
      linter: { rules: { style: { noProcessEnv: "off" } } },
    },
    { includes: ["src/local/**", "scripts/**", "bench/**"], linter: { rules: { suspicious: { noConsole: "off" } } } },
    { includes: ["test/**"], linter: { rules: { style: { noNonNullAssertion: "off" } } } },
  ],
};

type Probe = { readonly file: string; readonly specifier: string; readonly banned: boolean };

/** One import for each possible edge, at two depths. */
function probes(): Probe[] {
  return Object.entries(layers)
    .filter(([layer]) => !layer.endsWith(".ts")) // a root file cannot be doubled; its rule has the same shape
    .flatMap(([layer, rule]) => {
      const banned = bannedIn(layer, rule);
      return [`${layer}/`, `${layer}/nested/`].flatMap((dir) => {
        const to = (target: string) => relative(dir, target).replace(/^(?!\.)/, "./");
        const others = folders.filter(
          (folder) => folder !== own(layer) && !(isNested(layer) && own(layer).startsWith(`${folder}/`)),
        );
        const edges: [string, boolean][] = [
          ...others.map((folder): [string, boolean] => [to(`src/${folder}/x.ts`), banned.folders.includes(folder)]),
          ...roots.map((root): [string, boolean] => [to(`src/${root}.ts`), banned.roots.includes(root)]),
          ...rule.not.map((name): [string, boolean] => [name.replace("/*", "/some-package"), true]),
          [to(`${layer}/sibling.ts`), false],
          ["node:crypto", false],
          ["saxes", false],
        ];
        return edges.map(([specifier, isBanned], index) => ({ file: `${dir}probe${index}.ts`, specifier, banned: isBanned }));
      });
    });
}

function reportedFiles(root: string, biome: string): Set<string> {
  const args = ["lint", "--max-diagnostics=none", "--reporter=json", "src", "handlers"];
  let report: string;
  try {
    report = execFileSync(biome, args, { cwd: root, encoding: "utf8", stdio: ["ignore", "pipe", "ignore"], maxBuffer: 1e9 });
  } catch (error) {
    report = String((error as { stdout?: string }).stdout ?? "");
  }
  type Diagnostic = { category: string; location: { path: string | { file: string } } };
  const { diagnostics } = JSON.parse(report.slice(report.indexOf("{"))) as { diagnostics: Diagnostic[] };
  return new Set(
    diagnostics
      .filter(({ category }) => category.includes("noRestrictedImports"))
      .map(({ location: { path } }) => (typeof path === "string" ? path : path.file)),
  );
}

/** Lints one file an edge in a folder of its own, so that nothing of the tree is touched; true when the gate holds. */
function proveBoundaries(): boolean {
  const root = mkdtempSync(join(tmpdir(), "boundaries-"));
  try {
    const { vcs: _, $schema: __, ...config } = JSON.parse(readFileSync("biome.json", "utf8"));
    writeFileSync(join(root, "biome.json"), JSON.stringify(config));
    copyFileSync("package.json", join(root, "package.json"));
    const all = probes();
    for (const { file, specifier } of all) {
      mkdirSync(join(root, dirname(file)), { recursive: true });
      writeFileSync(join(root, file), `import type { X } from ${JSON.stringify(specifier)};\n\nexport type Y = X;\n`);
    }
    const reported = reportedFiles(root, resolve("node_modules/.bin/biome"));
    const wrong = all.filter(({ file, banned }) => reported.has(file) !== banned);
    const bannedCount = all.filter(({ banned }) => banned).length;
    console.log(
      `boundaries: ${bannedCount} banned edges caught, ${all.length - bannedCount} allowed edges free, ${wrong.length} wrong`,
    );
    for (const { file, specifier, banned } of wrong.slice(0, 20))
      console.log(banned ? "  missed" : "  false alarm", file, "->", specifier);
    return wrong.length === 0 && reported.size > 0;
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

const wanted = `${JSON.stringify(biomeConfig, null, 2)}\n`;
if (process.argv.includes("--write")) {
  writeFileSync("biome.json", wanted);
  execFileSync("node_modules/.bin/biome", ["format", "--write", "biome.json"], { stdio: "ignore" });
}
if (process.argv.includes("--probe")) {
  const written = JSON.stringify(JSON.parse(readFileSync("biome.json", "utf8")));
  if (written !== JSON.stringify(biomeConfig)) {
    console.log("boundaries: biome.json is not what scripts/boundaries.ts writes; run: npm run boundaries -- --write");
    process.exitCode = 1;
  } else if (!proveBoundaries()) process.exitCode = 1;
}
