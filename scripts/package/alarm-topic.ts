// Who hears of alarms: nobody, a topic that exists, or a mailbox, for which a topic is made.
import { SettingsError } from "./settings-error.ts";
import type { Json, Resources } from "./template.ts";

export type AlarmTopic = { readonly actions: readonly Json[]; readonly resources: Resources };

/** Reads the parameter `alarmsTo`. Throws when it is neither empty, nor the ARN of an SNS topic, nor an e-mail address. */
export function alarmTopic(alarmsTo: string): AlarmTopic {
  if (alarmsTo === "") return { actions: [], resources: {} };
  if (/^arn:[\w-]+:sns:[\w-]+:\d{12}:[\w.-]+$/.test(alarmsTo)) return { actions: [alarmsTo], resources: {} };
  if (!/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(alarmsTo)) {
    throw new SettingsError("alarmsTo must be an e-mail address or the ARN of an SNS topic, or empty");
  }
  return {
    actions: [{ Ref: "AlarmTopic" }],
    resources: {
      AlarmTopic: { Type: "AWS::SNS::Topic", Properties: { DisplayName: "odps-chatops alarms" } },
      AlarmSubscription: {
        Type: "AWS::SNS::Subscription",
        Properties: { TopicArn: { Ref: "AlarmTopic" }, Protocol: "email", Endpoint: alarmsTo },
      },
    },
  };
}
