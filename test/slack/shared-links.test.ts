import { describe, expect, it } from "vitest";
import { fromOpenMessage, fromSharedLinks } from "../../src/slack/shared-links.ts";

const url = "http://logview.aliyun.com/logview/?h=x&amp;p=prod_dw&amp;i=20160519101349613gzbzufck2&amp;token=S3CRET";
const shared = {
  team: "T1",
  channel: "C1",
  user: "U1",
  message_ts: "1.5",
  source: "conversations_history",
  links: [{ domain: "logview.aliyun.com", url }],
};

describe("links that were posted", () => {
  it("caution their poster, where they posted them", () => {
    expect(fromSharedLinks(shared)).toEqual({
      delivery: "exposed/T1/C1/1.5",
      ask: { kind: "exposed", instances: [{ instanceId: "20160519101349613gzbzufck2", project: "prod_dw" }] },
      caller: { team: "T1", user: "U1" },
      replyTo: { channel: "C1", direct: false, replaceable: false },
      origin: "link",
    });
    expect(fromSharedLinks({ ...shared, thread_ts: "1.0" })?.replyTo).toMatchObject({ thread: "1.0" });
    expect(fromSharedLinks({ ...shared, channel: "D1" })?.replyTo).toMatchObject({ direct: true });
  });

  it("carry no token any further", () => {
    expect(JSON.stringify(fromSharedLinks(shared))).not.toContain("S3CRET");
  });

  it("are one delivery, whether Slack tells of the links or of the message", () => {
    const message = { team: "T1", channel: "C1", user: "U1", ts: "1.5", text: `<@UBOT> look <${url}>` };
    expect(fromOpenMessage(message)).toEqual(fromSharedLinks(shared));
  });

  it("ask for nothing while they are being written, or where they give nothing away", () => {
    expect(fromSharedLinks({ ...shared, channel: "COMPOSER", source: "composer" })).toBeUndefined();
    expect(fromSharedLinks({ ...shared, links: [{ url: "https://logview.aliyun.com/help" }] })).toBeUndefined();
    expect(fromOpenMessage({ team: "T1", channel: "C1", user: "U1", ts: "1.5", text: "status last" })).toBeUndefined();
  });
});
