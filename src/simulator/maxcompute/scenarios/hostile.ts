import { csvResult } from "./csv.ts";
import { minutes, type Scenario, seconds, sqlTask, stage, textResult } from "./scenario.ts";

// Everything a chat message or an XML reader could trip over: mentions, markup, a right-to-left override, emoji, CDATA's end.
const spite = "<!channel> <@U123> & *b* _i_ ~s~ `c` \u{202E}evil\u{202C} \u{1F4A5} ]]> </Name> \"q\" 'a' {{x}} %s __proto__";
const longName = `${spite} ${"n".repeat(3_000 - spite.length - 1)}`;

const hostile: Scenario = {
  seeded: true,
  startedAgoMs: minutes(20),
  sql: `SELECT '${spite}' AS a;`,
  owner: `ALIYUN$${spite}`,
  jobName: spite,
  plan: () => ({
    queuedMs: seconds(1),
    tasks: [
      sqlTask({
        name: spite,
        lasts: 10,
        stages: [
          stage({ name: spite, workers: 3, from: 0, to: 10, inputRecords: 9, outputRecords: 9 }),
          stage({ name: longName, workers: 1, from: 0, to: 10, inputRecords: 1, outputRecords: 1 }),
        ],
        result: csvResult([{ name: spite, type: "string" }], [[spite], [longName], ["=cmd|' /C calc'!A0"]]),
      }),
      sqlTask({
        name: longName,
        startsAt: 10,
        lasts: 5,
        endsAs: "Failed",
        result: { ...textResult(`ODPS-0130071:[1,1] Semantic analysis exception - ${spite}\r\n${longName}`), base64: false },
      }),
    ],
  }),
};

export const hostiles = { hostile };
