import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { UserError } from "../../src/commands/errors.ts";
import { createSpool, type Spooled } from "../../src/slack/spool.ts";

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

const aFolder = () => {
  const folder = mkdtempSync(join(tmpdir(), "spool-"));
  folders.push(folder);
  return folder;
};

async function* pieces(...sizes: number[]): AsyncGenerator<Uint8Array> {
  for (const [index, size] of sizes.entries()) yield Buffer.alloc(size, index);
}

async function all({ read }: Spooled): Promise<Buffer> {
  const found: Uint8Array[] = [];
  for await (const piece of read()) found.push(Buffer.from(piece)); // a copy: the next piece comes in the same memory
  return Buffer.concat(found);
}

describe("a spool", () => {
  it("tells how many bytes there are, and gives them back as often as asked", async () => {
    const spool = createSpool({ folder: aFolder(), maxBytes: 1_000 });
    const read = await spool(pieces(3, 400, 2), async (file) => [file.bytes, await all(file), await all(file)]);
    const whole = Buffer.concat([Buffer.alloc(3, 0), Buffer.alloc(400, 1), Buffer.alloc(2, 2)]);
    expect(read).toEqual([405, whole, whole]);
  });

  it("keeps the order of pieces of all sizes, however many are written at once", async () => {
    const sizes = [1, 700_000, 3, 300_000, 300_000, 0, 2_000_000, 5, 400_000];
    const spool = createSpool({ folder: aFolder(), maxBytes: 10_000_000 });
    const read = await spool(pieces(...sizes), async (file) => [file.bytes, await all(file)] as const);
    const whole = Buffer.concat(sizes.map((size, index) => Buffer.alloc(size, index)));
    expect(read[0]).toBe(whole.byteLength);
    expect(read[1].equals(whole)).toBe(true);
  });

  it("gives a piece that stays as it is until the next one is asked for", async () => {
    const spool = createSpool({ folder: aFolder(), maxBytes: 10_000_000 });
    await spool(pieces(300_000, 300_000, 300_000), async ({ read }) => {
      let at = 0;
      for await (const piece of read()) {
        const before = Buffer.from(piece);
        for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => setImmediate(resolve));
        expect(before.equals(piece)).toBe(true);
        expect(piece[0]).toBe(Math.floor(at / 300_000));
        at += piece.byteLength;
      }
      expect(at).toBe(900_000);
    });
  });

  it("takes nothing at all for nothing at all", async () => {
    expect(await createSpool({ folder: aFolder(), maxBytes: 9 })(pieces(), async ({ bytes }) => bytes)).toBe(0);
  });

  it("keeps a file that nobody else can find, also while it is used", async () => {
    const folder = aFolder();
    const during = await createSpool({ folder, maxBytes: 9 })(pieces(5), async ({ bytes }) => [bytes, readdirSync(folder)]);
    expect(during).toEqual([5, []]);
  });

  it("leaves nothing behind when its process is killed", async () => {
    const folder = aFolder();
    const module = new URL("../../src/slack/spool.ts", import.meta.url).href;
    const program = `
      import { createSpool } from ${JSON.stringify(module)};
      const spool = createSpool({ folder: ${JSON.stringify(folder)}, maxBytes: 1e9 });
      async function* content() { yield Buffer.alloc(5e6); }
      await spool(content(), () => new Promise(() => { process.stdout.write("up"); setInterval(() => {}, 1_000); }));`;
    const child = spawn(process.execPath, ["--input-type=module", "-e", program], { stdio: ["ignore", "pipe", "inherit"] });
    await once(child.stdout, "data");
    child.kill("SIGKILL");
    await once(child, "exit");
    expect(readdirSync(folder)).toEqual([]);
  });

  it("refuses what is larger than it may keep, in words, before it has read it all", async () => {
    const folder = aFolder();
    let given = 0;
    async function* endless() {
      for (;;) {
        given += 1;
        yield Buffer.alloc(1_000);
      }
    }
    const used = createSpool({ folder, maxBytes: 10_000 })(endless(), async () => "used");
    await expect(used).rejects.toThrow(UserError);
    expect(given).toBeLessThan(5_000);
    expect(readdirSync(folder)).toEqual([]);
  });

  it("leaves nothing behind when its content or its user fails", async () => {
    const folder = aFolder();
    const spool = createSpool({ folder, maxBytes: 9 });
    async function* broken() {
      yield Buffer.alloc(2);
      throw new Error("cut");
    }
    async function* brokenWhileWriting() {
      yield Buffer.alloc(600_000);
      throw new Error("cut");
    }
    const large = createSpool({ folder, maxBytes: 1_000_000 });
    await expect(large(brokenWhileWriting(), async () => undefined)).rejects.toThrow("cut");
    await expect(spool(broken(), async () => undefined)).rejects.toThrow("cut");
    await expect(spool(pieces(1), async () => Promise.reject(new Error("refused")))).rejects.toThrow("refused");
    expect(readdirSync(folder)).toEqual([]);
    expect(existsSync(folder)).toBe(true);
  });
});
