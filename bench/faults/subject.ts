// A child process that the parent gives orders to, and kills.
import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { dirname, join } from "node:path";
import type { Gate } from "./gate.ts";
import type { GoOn, Order, Places, Report } from "./orders.ts";

export type Obeyed = { readonly kind: "done"; readonly value: unknown } | { readonly kind: "killed" };

export type Subject<Asked = Order> = {
  /** Carries out an order, or dies of it. Throws when it failed, which no invocation may. */
  ask(order: Asked): Promise<Obeyed>;
  kill(): Promise<void>;
};

export type SubjectKind = "local" | "lambda" | "watcher-on-sqlite" | "watcher-on-dynamo";

/** Starts a child from its file; resolves when it waits for orders. Its log goes to `log`. */
export async function startSubject<Asked extends { readonly kind: string } = Order>(
  file: string,
  places: Places,
  gate: Pick<Gate, "arrive" | "seen">,
  log: (line: string) => void,
): Promise<Subject<Asked>> {
  const child = fork(file, [JSON.stringify(places)], {
    execArgv: ["--disable-warning=ExperimentalWarning", "--max-semi-space-size=32", "--min-semi-space-size=16"],
    env: { PATH: process.env.PATH, NODE_COMPILE_CACHE: join(dirname(file), "compiled") },
    stdio: ["ignore", "ignore", "pipe", "ipc"],
  });
  child.stderr?.setEncoding("utf8").on("data", log);
  const ended = once(child, "exit");
  const kill = async () => {
    child.kill("SIGKILL");
    await ended;
  };
  let answered: (report: Report) => void = () => {};
  const crossings = new Map<number, ReturnType<Gate["arrive"]>>();
  child.on("message", (report: Report) => {
    if (report.kind === "write") void cross(child, report, crossings, gate);
    else answered(report);
  });
  const answer = () => {
    const { promise, resolve } = Promise.withResolvers<Report>();
    answered = resolve;
    return Promise.race([promise, ended.then(() => undefined)]);
  };
  if ((await answer()) === undefined) throw new Error(`a child of ${file} ended before it was ready`);
  return {
    async ask(order) {
      const reply = answer();
      gate.seen();
      tell(child, order);
      const said = await reply;
      gate.seen();
      if (said === undefined) return { kind: "killed" };
      if (said.kind === "failed") throw new Error(`${order.kind} failed: ${said.why}`);
      return { kind: "done", value: said.kind === "done" ? said.value : undefined };
    },
    kill,
  };
}

/** What a dead child is told is lost, and its death is noticed elsewhere. */
function tell(child: ChildProcess, message: { readonly kind: string } | GoOn): void {
  if (child.connected) child.send(message, () => undefined);
}

type Write = Extract<Report, { kind: "write" }>;

async function cross(
  child: ChildProcess,
  { write, moment, label }: Write,
  crossings: Map<number, ReturnType<Gate["arrive"]>>,
  gate: Pick<Gate, "arrive">,
) {
  const crossing = crossings.get(write) ?? gate.arrive(label);
  crossings.set(write, crossing);
  if (await crossing[moment]()) return;
  if (moment === "after") crossings.delete(write);
  tell(child, { kind: "go on", write });
}
