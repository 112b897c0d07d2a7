/** A scenario's name as a person would write it: `xflow_running/tune` is a node of a flow. */
export const scenarioWords = (scenario: string): string => scenario.replaceAll("_", " ").replaceAll("/", " › ");
