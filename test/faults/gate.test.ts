import { describe, expect, it } from "vitest";
import { createGate } from "../../bench/faults/gate.ts";

function armed() {
  const gate = createGate();
  gate.arm(undefined, async () => undefined);
  const pass = async (label: string) => {
    const crossing = gate.arrive(label);
    await crossing.before();
    await crossing.after();
  };
  const following = () => gate.met().flatMap(({ label, follows }) => (follows ? [label] : []));
  return { gate, pass, following };
}

describe("a boundary follows the one before, so that a death between them is one death", () => {
  it("when that was answered and nobody saw anything in between; the first follows none", async () => {
    const { pass, following } = armed();
    for (const label of ["a", "b", "c"]) await pass(label);
    expect(following()).toEqual(["b", "c"]);
  });

  it("but not while another is under way", async () => {
    const { gate, pass, following } = armed();
    await pass("a");
    const open = gate.arrive("b");
    await pass("c");
    await open.before();
    await open.after();
    await pass("d");
    expect(following()).toEqual(["b", "d"]);
  });

  it("but not where an order ended in between", async () => {
    const { gate, pass, following } = armed();
    await pass("a");
    gate.seen();
    await pass("b");
    await pass("c");
    expect(following()).toEqual(["c"]);
  });

  it("but not where Slack was acknowledged about then, on whichever side of it that was", async () => {
    const { gate, pass, following } = armed();
    for (const label of ["a", "b", "c"]) await pass(label);
    gate.acknowledged();
    for (const label of ["d", "e"]) await pass(label);
    expect(following()).toEqual(["b", "e"]);
  });
});

describe("a gate", () => {
  it("kills once, before what is applied or after it, and lets nothing of the dead pass", async () => {
    const kills: string[] = [];
    const gate = createGate();
    gate.arm({ boundary: 1, moment: "after" }, async () => void kills.push("killed"));
    const crossings = ["a", "b"].map((label) => gate.arrive(label));
    expect(await Promise.all(crossings.map(({ before }) => before()))).toEqual([false, false]);
    expect(await Promise.all(crossings.map(({ after }) => after()))).toEqual([false, true]);
    expect([kills, gate.wasKilled(), gate.met().map(({ label }) => label)]).toEqual([["killed"], true, ["a", "b"]]);
  });
});
