import { openSqliteStore } from "../../../src/local/sqlite-store.ts";
import { watchingContract } from "../../contracts/watching.ts";
import { manualClock } from "../../support/manual-clock.ts";

watchingContract("SQLite", async () => {
  const clock = manualClock();
  return { store: openSqliteStore(":memory:", clock.now), clock };
});
