import { describe, expect, it } from "vitest";
import { caution } from "../../src/commands/caution.ts";
import { exposedIn } from "../../src/commands/exposed.ts";

const id = "20160519101349613gzbzufck2";
const link = (more = "") =>
  `http://logview.aliyun.com/logview/?h=http://service.odps.aliyun.com/api&p=prod_dw&i=${id}&token=S3CRET==${more}`;
const both = { kind: "exposed", instances: [{ instanceId: id, project: "prod_dw" }] };

describe("a text", () => {
  it.each([
    ["a Logview link with a token", link()],
    ["one as Slack writes it", `see <${link().replaceAll("&", "&amp;")}|the log>, please`],
    ["the same one twice", `${link()} ${link("&subQuery=1")}`],
  ])("with %s gives away its instance, and what is passed on has no token", (_what, text) => {
    expect(exposedIn([text])).toEqual(both);
  });

  it.each([
    ["a link inside another", `https://r.test/?u=${encodeURIComponent(link())}`],
    ["a link that was cut", "https://logview.aliyun.com/logview/?h=http://x/api&token=S3CRET"],
  ])("with %s gives away something it does not name", (_what, text) => {
    expect(exposedIn([text])).toEqual({ kind: "exposed", instances: [] });
  });

  it.each([
    ["a link without a token", `https://logview.aliyun.com/logview/?p=prod_dw&i=${id}`],
    ["a link whose token is gone", `https://logview.aliyun.com/logview/?p=prod_dw&i=${id}&token=`],
    ["a job-insight link", `https://maxcompute.console.aliyun.com/cn-shanghai/job-insights?p=prod_dw&i=${id}`],
    ["somebody else's token", "https://example.com/?token=S3CRET"],
    ["no link at all", `token=S3CRET ${id}`],
    ["nothing", ""],
  ])("with %s gives nothing away", (_what, text) => {
    expect(exposedIn([text])).toBeUndefined();
  });

  it("names five instances at most, each once, and no project that is none", () => {
    const many = Array.from(
      { length: 9 },
      (_, n) => `http://l.test/?p=${n === 0 ? "%3Cb%3E" : "p1"}&i=2016051910134961${n}gzb&token=S`,
    );
    const { instances = [] } = exposedIn([many.join("\n"), many.join(" ")]) ?? {};
    expect(instances).toHaveLength(5);
    expect(instances[0]).toEqual({ instanceId: "20160519101349610gzb" });
  });
});

describe("the caution", () => {
  it("says who can open what, until when and how to delete it, and offers the safe card", () => {
    const { text, suggestions } = caution({ kind: "exposed", instances: [{ instanceId: id, project: "prod_dw" }] });
    for (const words of [`\`${id}\``, "Whoever reads the message", "until it expires", "Delete message"])
      expect(text).toContain(words);
    expect(suggestions).toEqual([{ label: "Status", value: `text:status ${id} -p prod_dw` }]);
  });

  it("offers the card of each instance, and none where none is named", () => {
    const two = [{ instanceId: id }, { instanceId: "20160519101349613gother12" }];
    expect(caution({ kind: "exposed", instances: two }).suggestions).toEqual([
      { label: "Status …zbzufck2", value: `text:status ${id}` },
      { label: "Status …gother12", value: "text:status 20160519101349613gother12" },
    ]);
    expect(caution({ kind: "exposed", instances: [] })).toMatchObject({
      text: expect.stringContaining("what it shows"),
      suggestions: [],
    });
  });
});
