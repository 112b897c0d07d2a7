import type { Announcement } from "../announcement.ts";
import type { Forecast } from "../face.ts";
import type { Usual } from "../observation.ts";
import type { Sight } from "../sight.ts";
import type { Seen, Watch } from "../watch.ts";

/** What a rule may look at. `before` is what was seen until now: undefined at the first look. `after` is what is seen now. */
export type Moment = {
  readonly watch: Watch;
  readonly before: Seen | undefined;
  readonly after: Seen;
  readonly sight: Sight;
  readonly usual: Usual | undefined;
  readonly forecast: Forecast | undefined;
  readonly now: number;
};

/** What there is to say now. Whether it was said before is not a rule's affair: `step` says each key once. */
export type Rule = (moment: Moment) => readonly Announcement[];
