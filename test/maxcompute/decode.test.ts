import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decodeFault } from "../../src/maxcompute/decode/fault.ts";
import { decodeListing } from "../../src/maxcompute/decode/listing.ts";
import { decodeProgress } from "../../src/maxcompute/decode/progress.ts";
import { decodeResults } from "../../src/maxcompute/decode/results.ts";
import { decodeInstanceStatus } from "../../src/maxcompute/decode/status.ts";
import { decodeTasks } from "../../src/maxcompute/decode/tasks.ts";
import { decodeToken } from "../../src/maxcompute/decode/token.ts";
import { MalformedBody } from "../../src/maxcompute/malformed-body.ts";
import { parseTaskError } from "../../src/maxcompute/task-error.ts";

const decoders: Record<string, (body: Uint8Array) => unknown> = {
  status: decodeInstanceStatus,
  listing: (body) => decodeListing(body, "p"),
  tasks: decodeTasks,
  progress: decodeProgress,
  results: decodeResults,
  token: decodeToken,
};

const survives = (decode: (body: Uint8Array) => unknown, body: Uint8Array) => {
  try {
    decode(body);
  } catch (error) {
    expect(error).toBeInstanceOf(MalformedBody);
  }
};

/** Documents of the protocol's own words, nested and mixed up in every way. */
const almostXml = fc
  .array(
    fc.constantFrom(
      ...[
        "<Instances>",
        "</Instances>",
        "<Instance>",
        "</Instance>",
        "<Tasks>",
        "</Tasks>",
        "<Task Type='SQL'>",
        "</Task>",
        "<Name>n</Name>",
      ],
      ...[
        "<Status>x</Status>",
        "<Result Transform='Base64'>eA==</Result>",
        "<Stage ID='M'>",
        "</Stage>",
        "<Marker/>",
        "&lt;",
        "<![CDATA[]]>",
        "<",
      ],
    ),
    { maxLength: 14 },
  )
  .map((pieces) => Buffer.from(pieces.join("")));

describe.each(Object.entries(decoders))("the decoder of a %s", (_, decode) => {
  it("reads any bytes or refuses them as malformed", () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => survives(decode, bytes)));
  });

  it("reads any arrangement of the protocol's words or refuses it as malformed", () => {
    fc.assert(fc.property(almostXml, (bytes) => survives(decode, bytes)));
  });

  it.each(["<html><body>Log in</body></html>", "<Error><Code>NoSuchObject</Code></Error>", '{"Status":"Running"}', ""])(
    "refuses %j",
    (body) => {
      expect(() => decode(Buffer.from(body))).toThrow(MalformedBody);
    },
  );
});

describe("the decoders of errors", () => {
  it("make something of any text", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), fc.integer({ min: 400, max: 599 }), (body, status) => {
        expect(decodeFault({ status, body, requestId: undefined, endpoint: "http://mc.test/api" }).kind).toMatch(/^[a-z-]+$/);
        expect(parseTaskError(body).message).toBe(body);
      }),
    );
  });
});

describe("decodeTasks", () => {
  it("does not take a task's history for its present, and keeps words it does not know", () => {
    const history = "<Histories><History><Name>old</Name><Status>Failed</Status></History></Histories>";
    const [task, other] = decodeTasks(
      Buffer.from(
        `<Instance><Tasks><Task Type="Quantum"><Name>a</Name><StartTime>Sun, 22 Nov 2026 10:00:00 GMT</StartTime><Status>exploded</Status>${history}</Task><Task><Name>b</Name></Task></Tasks></Instance>`,
      ),
    );
    expect(task).toEqual({
      name: "a",
      type: "Quantum",
      status: "EXPLODED",
      startTime: Date.UTC(2026, 10, 22, 10),
      endTime: undefined,
      histories: [{ name: "old", type: "UNKNOWN", status: "FAILED", startTime: undefined, endTime: undefined }],
    });
    expect(other).toMatchObject({ name: "b", type: "UNKNOWN", status: "UNKNOWN" });
  });

  it("refuses a task without a name", () => {
    expect(() => decodeTasks(Buffer.from("<Instance><Tasks><Task/></Tasks></Instance>"))).toThrow(MalformedBody);
  });
});

describe("decodeListing", () => {
  it("does not carry one instance's facts over to the next", () => {
    const { instances } = decodeListing(
      Buffer.from(
        "<Instances><Instance><Name>i1</Name><Owner>o</Owner><StartTime>Sun, 22 Nov 2026 10:00:00 GMT</StartTime><Status>TERMINATED</Status></Instance><Instance><Name>i2</Name></Instance></Instances>",
      ),
      "p",
    );
    expect(instances).toEqual([
      { id: "i1", project: "p", owner: "o", status: "Terminated", startTime: Date.UTC(2026, 10, 22, 10), endTime: undefined },
      { id: "i2", project: "p", owner: undefined, status: "Unknown", startTime: undefined, endTime: undefined },
    ]);
  });

  it("refuses an instance without a name", () => {
    expect(() => decodeListing(Buffer.from("<Instances><Instance/></Instances>"), "p")).toThrow(MalformedBody);
  });
});

describe("decodeToken", () => {
  it("says nothing of a token it cannot read", () => {
    expect(() => decodeToken(Buffer.from("<Authorization><Result>&SECRETTOKEN;</Result></Authorization>"))).toThrow(
      expect.objectContaining({ message: expect.not.stringContaining("SECRETTOKEN") }),
    );
  });
});
