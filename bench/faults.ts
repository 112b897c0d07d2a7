// `npm run faults`: kills the worker at every boundary there is, and counts what a person would notice.
//   --store sqlite|dynamo        one store alone
//   --only <kind>[/<n>/<before|after>]   one kind, or one death
//   --sample <n>   --seed <n>    some of the deaths; another order of what is delivered twice, late or first
//   --verbose                    the children's own log
import { parseArgs } from "node:util";
import { type CampaignOptions, runCampaign } from "./faults/campaign.ts";
import { kinds } from "./faults/kinds.ts";
import { stores } from "./faults/lanes.ts";

const { values } = parseArgs({
  options: {
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

const say = (line: string) => void process.stderr.write(`${line.trimEnd()}\n`);
const wanted = stores.filter((store) => values.store === undefined || values.store === store);
if (wanted.length === 0) throw new Error(`--store is one of ${stores.join(", ")}`);

for (const store of wanted) {
  const { boundaries, lost, duplicated, orphaned, ambiguous } = await runCampaign({
    store,
    seed: Number(values.seed),
    ...(values.sample === undefined ? {} : { sample: Number(values.sample) }),
    ...(values.only === undefined ? {} : readOnly(values.only)),
    progress: say,
    ...(values.verbose ? { childLog: say } : {}),
  });
  console.log(
    `path=command store=${store} boundaries=${boundaries} lost=${lost} duplicated=${duplicated} orphaned=${orphaned} ambiguous=${ambiguous}`,
  );
  if (lost + duplicated + orphaned > 0) process.exitCode = 1;
}
