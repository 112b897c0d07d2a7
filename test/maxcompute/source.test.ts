import { describe, expect, it } from "vitest";
import { aClientOf, failureOf, instanceId } from "./a-client.ts";

const property = (name: string, value: string) => `<Property><Name>${name}</Name><Value><![CDATA[${value}]]></Value></Property>`;
const sql = (name: string, config = "", query = "<Query>select 1;</Query>") =>
  `<SQL><Name>${name}</Name><Config>${config}</Config>${query}</SQL>`;
const job = (tasks: string, rest = "") => `<Job>${rest}<Tasks>${tasks}</Tasks><DAG><RunMode>Sequence</RunMode></DAG></Job>`;
const sourceOf = async (body: string) => (await aClientOf({ body })).client.getSource(instanceId);

describe("getSource", () => {
  it("has every task in order, its type by its element's name", async () => {
    const query = "<Query><![CDATA[  select '<a>' from t;\n]]></Query>";
    const source = await sourceOf(
      job(`${sql("a", "", query)}<SQLCost><Name>b</Name></SQLCost><Quantum><Name>c</Name></Quantum>`),
    );
    expect(source).toEqual({
      jobName: undefined,
      priority: 9,
      uniqueId: undefined,
      tasks: [
        { type: "SQL", name: "a", query: "  select '<a>' from t;\n", settings: {} },
        { type: "SQLCost", name: "b", query: undefined, settings: {} },
        { type: "Quantum", name: "c", query: undefined, settings: {} },
      ],
    });
  });

  it.each(["", "<Priority/>", "<Priority> </Priority>"])("has priority 9 where %j says none", async (rest) => {
    expect((await sourceOf(job("", rest))).priority).toBe(9);
  });

  it("has priority 0, which is the highest", async () => {
    expect((await sourceOf(job("", "<Priority>0</Priority>"))).priority).toBe(0);
  });

  it("reads a job within an instance, and takes a task's name for no job's", async () => {
    const source = await sourceOf(`<Instance>${job(sql("t"), "<Name>nightly</Name><Guid>g-1</Guid>")}</Instance>`);
    expect(source).toMatchObject({ jobName: "nightly", uniqueId: "g-1", tasks: [{ name: "t" }] });
  });

  it("has the settings as text, and no other property among them", async () => {
    const settings = '{"a":"b","flag":true,"n":9007199254740993,"__proto__":"p","o":{"x":1}}';
    const source = await sourceOf(
      job(sql("t", property("first", '{"x":"1"}') + property("settings", settings) + property("uuid", '{"u":"1"}'))),
    );
    const [task] = source.tasks;
    expect(Object.entries(task?.settings ?? {})).toEqual([
      ["a", "b"],
      ["flag", "true"],
      ["n", "9007199254740993"],
      ["__proto__", "p"],
      ["o", '{"x":1}'],
    ]);
  });

  it.each(["", "not json", "[]", "{"])("has no settings where they are %j", async (settings) => {
    expect((await sourceOf(job(sql("t", property("settings", settings))))).tasks).toMatchObject([{ settings: {} }]);
  });

  it.each([
    ["without a job", "<Instance><Status>Running</Status></Instance>"],
    ["with a task that has no name", job("<SQL><Query>select 1;</Query></SQL>")],
    ["with a priority that is no number", job("", "<Priority>high</Priority>")],
    ["that is empty", ""],
  ])("refuses a source %s", async (_, body) => {
    expect(await failureOf(sourceOf(body))).toMatchObject({ kind: "malformed", instanceId });
  });
});
