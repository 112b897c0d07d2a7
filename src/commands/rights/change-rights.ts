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

/** Whoever has it by a line may lack it by another, as one of a group, or be gone: Slack is asked, until somebody is one. */
async function demandAdministrator(policy: Policy, { rightsDesk, caller }: Changing): Promise<void> {
  if ((await rightsDesk.roleBy(policy, caller, everyProject)) === "admin") return;
  for (const who of whoHas(policy, "admin", everyProject)) {
    // Who is in a group only its own people tell: it is taken for somebody.
    if (who.kind !== "user") return;
    if ((await rightsDesk.roleBy(policy, { team: caller.team, user: who.id }, everyProject)) === "admin") return;
  }
  throw nobodyLeft();
}

const nobodyLeft = (): UserError =>
  new UserError("Nobody would be an administrator then, so I changed nothing.", {
    next: "Make somebody else one first: `allow @somebody admin`.",
  });
