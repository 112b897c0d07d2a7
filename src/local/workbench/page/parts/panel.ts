import { h } from "preact";
import { useEffect, useState } from "preact/hooks";
import { ask } from "../ask.ts";
import type { Simulation } from "../shapes.ts";
import { FaultButtons } from "./fault-buttons.ts";
import { scenarioWords } from "./scenario-words.ts";

const everyMs = 4000;
const nothing: Simulation = { scenarios: [], instances: [] };

type Started = { readonly id: string; readonly scenario: string };

const mostShown = 12;

/** What was started here first: one that is over began long ago by its own account, and would stand far down or not at all. */
export function shownInstances(
  instances: Simulation["instances"],
  started: readonly { readonly id: string }[],
): Simulation["instances"] {
  const newest = instances.toReversed();
  const ours = started.flatMap(({ id }) => newest.filter((instance) => instance.id === id));
  return [...ours, ...newest.filter((instance) => !ours.includes(instance))].slice(0, mostShown);
}

type PanelProps = {
  onClose(): void;
  /** Puts a line into the composer. */
  onWrite(line: string): void;
};

/** The world behind the bot: starts simulated instances, and makes the two services misbehave. */
export function Panel({ onClose, onWrite }: PanelProps) {
  const [simulation, setSimulation] = useState(nothing);
  const [failure, setFailure] = useState("");
  const [isReached, setReached] = useState(true);
  const [started, setStarted] = useState<readonly Started[]>([]);
  const load = () =>
    ask.simulation().then(
      (found) => {
        setSimulation(found);
        setReached(true);
      },
      () => setReached(false),
    );
  const start = (scenario: string) => {
    setFailure("");
    ask.startInstance(scenario).then(
      ({ id }) => {
        setStarted((before) => [{ id, scenario }, ...before]);
        return load();
      },
      (error: Error) => setFailure(error.message),
    );
  };
  useEffect(() => {
    void load();
    const timer = setInterval(() => void load(), everyMs);
    return () => clearInterval(timer);
  }, []);

  const shown = shownInstances(simulation.instances, started);
  const [latest] = started;
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
      !isReached && h("p", { class: "dim" }, "Not up to date: the workbench does not answer."),
      failure !== "" && h("div", { class: "failure", role: "alert" }, failure),
      h("h3", null, "Start an instance"),
      h(
        "div",
        { class: "panel-buttons" },
        simulation.scenarios.map(({ name, summary }) =>
          h(
            "button",
            { key: name, type: "button", class: "button", title: summary, onClick: () => start(name) },
            scenarioWords(name),
          ),
        ),
      ),
      h(
        "p",
        { class: "started", role: "status" },
        latest !== undefined && [
          "Started ",
          h("strong", { key: "scenario" }, scenarioWords(latest.scenario)),
          ": press it to ask about it.",
        ],
      ),
      h("h3", null, "Instances"),
      shown.length === 0 && h("p", { class: "dim" }, "None yet."),
      h(
        "ul",
        { class: "instances" },
        shown.map(({ id, scenario, status }) =>
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
              h("span", { class: "instance-scenario" }, scenarioWords(scenario)),
              h("code", null, id),
            ),
          ),
        ),
      ),
      h(FaultButtons, { onFailure: setFailure }),
    ),
  );
}
