// data_visualization (mid 2026). Its schema is young: counts and lengths that sources agree on are held, unknown settings pass.
import { byType, shape, text } from "./check.ts";
import { own, ownList } from "./json.ts";
import { type Check, inside, report } from "./problem.ts";

const mostSeries = 12;
const mostCategories = 20;

function between(count: number, max: number, what: string, at: Parameters<Check>[1]): void {
  if (count < 1) report(at, "too_few", `needs at least 1 of ${what}`);
  if (count > max) report(at, "too_many", `no more than ${max} of ${what} allowed`);
}

const pie: Check = (chart, at) => {
  const segments = ownList(chart, "segments");
  between(segments.length, mostSeries, "segments", inside(at, "segments"));
  segments.slice(0, mostSeries).forEach((segment, index) => {
    text(20)(own(segment, "label"), inside(inside(inside(at, "segments"), index), "label"));
  });
};

const plotted: Check = (chart, at) => {
  const series = ownList(chart, "series");
  const categories = ownList(own(chart, "axis_config"), "categories");
  between(series.length, mostSeries, "series", inside(at, "series"));
  between(categories.length, mostCategories, "categories", inside(inside(at, "axis_config"), "categories"));
  categories.slice(0, mostCategories).forEach((label, index) => {
    text(20)(label, inside(inside(inside(at, "axis_config"), "categories"), index));
  });
  series.slice(0, mostSeries).forEach((one, index) => {
    if (ownList(one, "data").length === categories.length) return;
    report(inside(inside(at, "series"), index), "row_length", "must have one value per category");
  });
};

export const dataVisualization: Check = shape(
  { title: text(50), chart: byType({ bar: plotted, line: plotted, area: plotted, pie }) },
  { block_id: text(255) },
);
