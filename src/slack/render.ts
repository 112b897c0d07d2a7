// From a View to a Slack message. One function a kind; the compiler finds the kind that nobody draws.
import type { View } from "../view/index.ts";
import { hold } from "./hold.ts";
import type { Message, RenderContext, Sketch } from "./message.ts";
import { drawActed } from "./views/acted.ts";
import { drawApproval } from "./views/approval.ts";
import { drawAudit } from "./views/audit.ts";
import { drawAudited } from "./views/audited.ts";
import { drawCheckup } from "./views/checkup.ts";
import { drawChoices } from "./views/choices.ts";
import { drawConfirmRun } from "./views/confirm-run.ts";
import { drawConfirmStop } from "./views/confirm-stop.ts";
import { drawCost } from "./views/cost.ts";
import { drawError } from "./views/error.ts";
import { drawEstimate } from "./views/estimate.ts";
import { drawExistence } from "./views/existence.ts";
import { drawForm } from "./views/form.ts";
import { drawGranted } from "./views/granted.ts";
import { drawHelp } from "./views/help.ts";
import { drawInstance } from "./views/instance.ts";
import { drawInstances } from "./views/instances.ts";
import { drawLogview } from "./views/logview.ts";
import { drawNotice } from "./views/notice.ts";
import { drawProgress } from "./views/progress.ts";
import { drawQueue } from "./views/queue.ts";
import { drawResult } from "./views/result.ts";
import { drawRights } from "./views/rights.ts";
import { drawRun } from "./views/run.ts";
import { drawRunApproval } from "./views/run-approval.ts";
import { drawStop } from "./views/stop.ts";
import { drawSubs } from "./views/subs.ts";
import { drawSubscriptions } from "./views/subscriptions.ts";
import { drawTasks } from "./views/tasks.ts";
import { drawWatches } from "./views/watches.ts";
import { drawWatching } from "./views/watching.ts";
import { drawWhy } from "./views/why.ts";

export { plain, simpler } from "./simpler.ts";

/**
 * The message for a View: within Slack's limits, everything foreign in it escaped. Send it without `link_names` and `parse`,
 * with unfurling off. Throws only for a Logview link that would be shown in a channel.
 */
export const render = (view: View, context: RenderContext): Message => hold(draw(view, context));

const draw = (view: View, context: RenderContext): Sketch => {
  switch (view.kind) {
    case "instance":
      return drawInstance(view, context);
    case "instances":
      return drawInstances(view, context);
    case "existence":
      return drawExistence(view);
    case "tasks":
      return drawTasks(view, context);
    case "progress":
      return drawProgress(view, context);
    case "result":
      return drawResult(view, context);
    case "logview":
      return drawLogview(view, context);
    case "subs":
      return drawSubs(view, context);
    case "why":
      return drawWhy(view, context);
    case "cost":
      return drawCost(view, context);
    case "queue":
      return drawQueue(view, context);
    case "confirm-stop":
      return drawConfirmStop(view, context);
    case "stop":
      return drawStop(view);
    case "approval":
      return drawApproval(view, context);
    case "confirm-run":
      return drawConfirmRun(view, context);
    case "run":
      return drawRun(view);
    case "run-approval":
      return drawRunApproval(view, context);
    case "estimate":
      return drawEstimate(view);
    case "acted":
      return drawActed(view);
    case "choices":
      return drawChoices(view);
    case "help":
      return drawHelp(view);
    case "form":
      return drawForm(view);
    case "watching":
      return drawWatching(view, context);
    case "watches":
      return drawWatches(view, context);
    case "subscriptions":
      return drawSubscriptions(view);
    case "granted":
      return drawGranted(view);
    case "rights":
      return drawRights(view);
    case "checkup":
      return drawCheckup(view, context);
    case "audit":
      return drawAudit(view, context);
    case "audited":
      return drawAudited(view);
    case "notice":
      return drawNotice(view);
    case "error":
      return drawError(view);
    default:
      return view satisfies never;
  }
};
