// Changes what administrators have set, never so that nobody could change it back.
import type { CommandContext } from "../command.ts";
import { UserError } from "../errors.ts";
import type { Policy } from "./policy.ts";
import { everyProject, whoHas } from "./policy.ts";
import type { KeptLine } from "./policy-book.ts";

type Changing = Pick<CommandContext, "policyBook" | "rightsDesk" | "caller">;

/** Gives back every line that is in force then. Throws an UserError where nobody would be an administrator by them. */
export async function changeRights(
  context: Changing,
  decide: (kept: Policy, fixed: Policy) => Policy,
): Promise<readonly KeptLine[]> {
  const { policyBook, caller } = context;
  const before = await policyBook.read(caller.team);
  const linesOf = (areKept: boolean) => before.filter(({ by }) => (by !== undefined) === areKept).map(({ line }) => line);
  await demandAdministrator([...linesOf(false), ...decide(linesOf(true), linesOf(false))], context);
  return policyBook.change(caller.team, caller.user, (kept, fixed) => {
    const next = decide(kept, fixed);
    // Somebody else may have changed it meanwhile.
    if (whoHas([...fixed, ...next], "admin", everyProject).length === 0) throw nobodyLeft();
    return next;
  });
}

/** Whoever has it by a line may lack it by another, or be gone, and a group may be empty: Slack is asked, until somebody is one. */
async function demandAdministrator(policy: Policy, { rightsDesk, caller }: Changing): Promise<void> {
  const { team } = caller;
  const isOne = async (user: string) => (await rightsDesk.roleBy(policy, { team, user }, everyProject)) === "admin";
  if (await isOne(caller.user)) return;
  for (const who of whoHas(policy, "admin", everyProject)) {
    if (who.kind === "everyone") return; // and the workspace is not empty
    const users = who.kind === "group" ? await rightsDesk.membersOf(who.id) : who.kind === "user" ? [who.id] : [];
    for (const user of users) if (await isOne(user)) return;
  }
  throw nobodyLeft();
}

const nobodyLeft = (): UserError =>
  new UserError("Nobody would be an administrator then, so I changed nothing.", {
    next: "Make somebody else one first: `allow @somebody admin`.",
  });
