// What views have in common: an instance as buttons know it, and what may be pressed next.

/** An instance as a card's buttons know it: `ref` is opaque and stored, project and id are shown. */
export type InstanceLink = { readonly ref: string; readonly project: string; readonly instanceId: string };

/** A command somebody may run by pressing: `value` is what the button carries (an opaque stored reference), `label` what it says. */
export type Suggestion = { readonly label: string; readonly value: string };
