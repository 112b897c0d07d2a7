import { h } from "preact";
import { useState } from "preact/hooks";
import { ask } from "../ask.ts";

type Fault = { readonly label: string; readonly body: { target: string; kind: string; [field: string]: string | number } };

const groups: readonly { readonly name: string; readonly faults: readonly Fault[] }[] = [
  {
    name: "MaxCompute",
    faults: [
      { label: "slow", body: { target: "maxcompute", kind: "slow", ms: 5000 } },
      { label: "500", body: { target: "maxcompute", kind: "http", status: 500 } },
      { label: "throttled", body: { target: "maxcompute", kind: "throttled", retryAfterSeconds: 2 } },
      { label: "unreachable", body: { target: "maxcompute", kind: "unreachable" } },
    ],
  },
  { name: "Slack", faults: [{ label: "429", body: { target: "slack", kind: "rate_limited", retryAfterSeconds: 3, times: 3 } }] },
];

/** Faults that are on until taken back; Slack's counts out by itself. */
export function FaultButtons({ onFailure }: { onFailure(why: string): void }) {
  const [active, setActive] = useState<ReadonlySet<string>>(new Set());
  const failed = (error: Error) => onFailure(error.message);
  const set = (name: string, body: Fault["body"]) => {
    ask.fault(body).then(() => setActive((before) => new Set([...before, name])), failed);
  };
  const clear = () => {
    Promise.all([ask.fault({ target: "maxcompute", kind: "clear" }), ask.fault({ target: "slack", kind: "clear" })]).then(
      () => setActive(new Set()),
      failed,
    );
  };
  return h(
    "section",
    { "aria-label": "Faults" },
    h("h3", null, "Make it misbehave"),
    groups.map(({ name, faults }) =>
      h(
        "div",
        { key: name, class: "fault-group" },
        h("span", { class: "fault-target" }, name),
        h(
          "div",
          { class: "panel-buttons" },
          faults.map(({ label, body }) => {
            const whole = `${name} ${label}`;
            const isOn = active.has(whole);
            return h(
              "button",
              {
                key: label,
                type: "button",
                class: "button",
                "aria-label": whole,
                "aria-pressed": isOn,
                onClick: () => set(whole, body),
              },
              label,
            );
          }),
        ),
      ),
    ),
    h("button", { type: "button", class: "button", disabled: active.size === 0, onClick: clear }, "All well again"),
    active.size > 0 && h("p", { class: "dim", role: "status" }, `Misbehaving: ${[...active].join(", ")}`),
  );
}
