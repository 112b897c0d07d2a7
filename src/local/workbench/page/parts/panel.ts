import { h } from "preact";
import { useEffect, useState } from "preact/hooks";
import { ask } from "../ask.ts";
import type { Simulation } from "../shapes.ts";
import { FaultButtons } from "./fault-buttons.ts";

const everyMs = 4000;
const nothing: Simulation = { scenarios: [], instances: [] };

type PanelProps = {
  onClose(): void;
  /** Puts a line into the composer. */
  onWrite(line: string): void;
};

/** The world behind the bot: starts simulated instances, and makes the two services misbehave. */
export function Panel({ onClose, onWrite }: PanelProps) {
  const [simulation, setSimulation] = useState(nothing);
  const [failure, setFailure] = useState("");
  const load = () =>
    ask.simulation().then(
      (found) => setSimulation(found),
      (error: Error) => setFailure(error.message),
    );
  const start = (scenario: string) => {
    setFailure("");
    ask.startInstance(scenario).then(load, (error: Error) => setFailure(error.message));
  };
  useEffect(() => {
    void load();
    const timer = setInterval(() => void load(), everyMs);
    return () => clearInterval(timer);
  }, []);

  const newest = simulation.instances.slice(-12).toReversed();
  return h(
    "aside",
    {
      class: "side panel",
      "aria-label": "Simulation",
      onKeyDown: (event: KeyboardEvent) => {
        if (event.key === "Escape") onClose();
      },
    },
    h(
      "header",
      { class: "pane-head" },
      h("h2", null, "Simulation"),
      h("button", { type: "button", class: "icon-button close", "aria-label": "Close the simulation panel", onClick: onClose }),
    ),
    h(
      "div",
      { class: "panel-body" },
      failure !== "" && h("div", { class: "failure", role: "alert" }, failure),
      h("h3", null, "Start an instance"),
      h(
        "div",
        { class: "panel-buttons" },
        simulation.scenarios.map(({ name, summary }) =>
          h("button", { key: name, type: "button", class: "button", title: summary, onClick: () => start(name) }, name),
        ),
      ),
      h("h3", null, "Instances"),
      newest.length === 0 && h("p", { class: "dim" }, "None yet."),
      h(
        "ul",
        { class: "instances" },
        newest.map(({ id, scenario, status }) =>
          h(
            "li",
            { key: id },
            h(
              "button",
              {
                type: "button",
                class: "instance",
                title: `Write /odps status ${id}`,
                onClick: () => onWrite(`/odps status ${id}`),
              },
              h("span", { class: `state state-${status.toLowerCase().replaceAll(/[^a-z]/g, "")}` }, status),
              h("span", { class: "instance-scenario" }, scenario),
              h("code", null, id),
            ),
          ),
        ),
      ),
      h(FaultButtons, { onFailure: setFailure }),
    ),
  );
}
