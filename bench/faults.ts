// `npm run faults`: kills the worker, and whatever follows instances, at every boundary there is, and counts what a person would notice.
//   --path command|tick          one path alone
//   --store sqlite|dynamo        one store alone
//   --only <kind>[/<n>/<before|after>]   of the path command: one kind, or one death
//   --sample <n>   --seed <n>    some of the deaths; another order of what is delivered twice, late or first
//   --verbose                    the children's own log
import { parseArgs } from "node:util";
import { type CampaignOptions, runCampaign } from "./faults/campaign.ts";
import { kinds } from "./faults/kinds.ts";
import { stores } from "./faults/lanes.ts";
import { runTickCampaign } from "./faults/tick/campaign.ts";

const { values } = parseArgs({
  options: {
    path: { type: "string" },
    store: { type: "string" },
    only: { type: "string" },
    sample: { type: "string" },
    seed: { type: "string", default: "1" },
    verbose: { type: "boolean", default: false },
  },
});

function readOnly(text: string): Pick<CampaignOptions, "kinds" | "only"> {
  const [kind = "", boundary, moment] = text.split("/");
  if (!kinds.some(({ name }) => name === kind))
    throw new Error(`no kind is called ${kind}: ${kinds.map(({ name }) => name).join(", ")}`);
  if (boundary === undefined) return { kinds: [kind] };
  if (!/^\d+$/.test(boundary) || (moment !== "before" && moment !== "after")) throw new Error("say <kind>/<n>/<before|after>");
  return { kinds: [kind], only: { boundary: Number(boundary), moment } };
}

const campaigns = { command: runCampaign, tick: runTickCampaign };
const paths = ["command", "tick"] as const;
const asked = values.only === undefined ? values.path : "command";
const wantedPaths = paths.filter((path) => asked === undefined || asked === path);
if (wantedPaths.length === 0) throw new Error(`--path is one of ${paths.join(", ")}`);
const say = (line: string) => void process.stderr.write(`${line.trimEnd()}\n`);
const wanted = stores.filter((store) => values.store === undefined || values.store === store);
if (wanted.length === 0) throw new Error(`--store is one of ${stores.join(", ")}`);

async function play(path: (typeof paths)[number], store: (typeof stores)[number]): Promise<void> {
  const { boundaries, lost, duplicated, orphaned, ambiguous } = await campaigns[path]({
    store,
    seed: Number(values.seed),
    ...(values.sample === undefined ? {} : { sample: Number(values.sample) }),
    ...(values.only === undefined ? {} : readOnly(values.only)),
    progress: say,
    ...(values.verbose ? { childLog: say } : {}),
  });
  console.log(
    `path=${path} store=${store} boundaries=${boundaries} lost=${lost} duplicated=${duplicated} orphaned=${orphaned} ambiguous=${ambiguous}`,
  );
  if (lost + duplicated + orphaned > 0) process.exitCode = 1;
}

if (wantedPaths.includes("command")) for (const store of wanted) await play("command", store);
// Who follows instances waits more than works: the stores share the machine.
if (wantedPaths.includes("tick")) await Promise.all(wanted.map((store) => play("tick", store)));
