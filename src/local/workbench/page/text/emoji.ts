// The shortcodes the bot uses. State marks are drawn, so that they look the same on a machine without an emoji font; the rest are
// characters. A shortcode that is in neither table stays text, as in Slack.

/** Shapes on a 20 x 20 field: "fill color" then SVG path data. */
export type Shape = { readonly fill: string; readonly path: string };

const disc = "M10 1.5a8.5 8.5 0 1 0 0 17a8.5 8.5 0 0 0 0-17z";
const square = "M4 1.5h12A2.5 2.5 0 0 1 18.5 4v12a2.5 2.5 0 0 1-2.5 2.5H4A2.5 2.5 0 0 1 1.5 16V4A2.5 2.5 0 0 1 4 1.5z";
const octagon = "M6.6 1.5h6.8l5.1 5.1v6.8l-5.1 5.1H6.6l-5.1-5.1V6.6z";
const tick = "M8.5 14.6L4.4 10.4l1.7-1.7l2.4 2.5l5.4-5.7l1.7 1.6z";
const white = "#fff";

const questionMark =
  "M7 7.6c.1-2 1.4-3.2 3.2-3.2c1.9 0 3.1 1.1 3.1 2.7c0 1.2-.6 1.9-1.6 2.5c-.8.5-1 .8-1 1.5v.5H8.9v-.7c0-1.2.4-1.9 1.5-2.6c.7-.4.9-.7.9-1.2c0-.6-.4-1-1.1-1s-1.2.5-1.2 1.5zM9.8 12.9a1.1 1.1 0 1 1 0 2.3a1.1 1.1 0 0 1 0-2.3z";
const hourglass: readonly Shape[] = [
  { fill: "#8a6d3b", path: "M4 1.5h12v2H4zM4 16.5h12v2H4z" },
  { fill: "#d9e8f5", path: "M5.3 3.5h9.4c0 3.5-2.6 4.5-2.6 6.5s2.6 3 2.6 6.5H5.3c0-3.5 2.6-4.5 2.6-6.5S5.3 7 5.3 3.5z" },
  {
    fill: "#e0a526",
    path: "M6.6 6h6.8c-.7 1.4-2.3 2.2-2.7 3.5v3c1.5.6 2.6 1.7 3 4H6.3c.4-2.3 1.5-3.4 3-4v-3C8.9 8.2 7.3 7.4 6.6 6z",
  },
];

export const drawings: Readonly<Record<string, readonly Shape[]>> = {
  hourglass,
  hourglass_flowing_sand: hourglass,
  arrow_forward: [
    { fill: "#2f80d0", path: square },
    { fill: white, path: "M7 5l8 5l-8 5z" },
  ],
  white_check_mark: [
    { fill: "#2c9a5b", path: square },
    { fill: white, path: tick },
  ],
  heavy_check_mark: [{ fill: "#2c9a5b", path: tick }],
  x: [
    {
      fill: "#d8324a",
      path: "M4.3 2.2L10 7.9l5.7-5.7l2.1 2.1L12.1 10l5.7 5.7l-2.1 2.1L10 12.1l-5.7 5.7l-2.1-2.1L7.9 10L2.2 4.3z",
    },
  ],
  octagonal_sign: [
    { fill: "#d8324a", path: octagon },
    { fill: white, path: "M6.5 6.5h7v7h-7z" },
  ],
  double_vertical_bar: [
    { fill: "#2f80d0", path: square },
    { fill: white, path: "M6 5h3v10H6zM11 5h3v10h-3z" },
  ],
  grey_question: [
    { fill: "#8b8d91", path: disc },
    { fill: white, path: questionMark },
  ],
  no_entry: [
    { fill: "#d8324a", path: disc },
    { fill: white, path: "M4.5 8.4h11v3.2h-11z" },
  ],
  warning: [
    { fill: "#e8a723", path: "M10 1.8L19 18H1z" },
    { fill: "#3b2c06", path: "M9 7h2l-.3 5.5H9.3zM10 13.4a1.2 1.2 0 1 1 0 2.4a1.2 1.2 0 0 1 0-2.4z" },
  ],
  information_source: [
    { fill: "#2f80d0", path: square },
    { fill: white, path: "M8.9 8.4h2.2v6.8H8.9zM10 4.6a1.3 1.3 0 1 1 0 2.6a1.3 1.3 0 0 1 0-2.6z" },
  ],
  arrows_counterclockwise: [
    { fill: "#2f80d0", path: square },
    {
      fill: white,
      path: "M10 4.5a5.5 5.5 0 0 1 5 3.2l-1.9.8A3.5 3.5 0 0 0 7.2 8L9 9.5H4.5V5L5.8 6.5A5.5 5.5 0 0 1 10 4.5zM10 15.5a5.5 5.5 0 0 1-5-3.2l1.9-.8a3.5 3.5 0 0 0 5.9.5L11 10.5h4.5V15l-1.3-1.5a5.5 5.5 0 0 1-4.2 2z",
    },
  ],
  raised_hand: [
    {
      fill: "#e8a723",
      path: "M5 8.5V5.2a1.1 1.1 0 0 1 2.2 0V8.6h.6V3.2a1.1 1.1 0 0 1 2.2 0v5.2h.6V2.6a1.1 1.1 0 0 1 2.2 0v6h.6V4.4a1.1 1.1 0 0 1 2.2 0v7.4c0 4-2.4 6.7-5.6 6.7c-2.6 0-4-1.4-5-3.6L2.6 11.3a1.2 1.2 0 0 1 2-1.3z",
    },
  ],
  red_circle: [{ fill: "#d8324a", path: disc }],
  large_green_circle: [{ fill: "#2c9a5b", path: disc }],
  large_blue_circle: [{ fill: "#2f80d0", path: disc }],
  large_yellow_circle: [{ fill: "#e8a723", path: disc }],
  white_circle: [{ fill: "#b9bbbe", path: disc }],
};

export const glyphs: Readonly<Record<string, string>> = {
  alarm_clock: "⏰",
  arrow_up: "⬆️",
  arrow_down: "⬇️",
  bar_chart: "📊",
  bell: "🔔",
  bulb: "💡",
  calendar: "📅",
  card_index_dividers: "🗂️",
  clock1: "🕐",
  eyes: "👀",
  fire: "🔥",
  key: "🔑",
  leftwards_arrow_with_hook: "↩️",
  link: "🔗",
  lock: "🔒",
  mag: "🔍",
  moneybag: "💰",
  mute: "🔇",
  no_bell: "🔕",
  package: "📦",
  page_facing_up: "📄",
  pushpin: "📌",
  repeat: "🔁",
  rocket: "🚀",
  rotating_light: "🚨",
  satellite_antenna: "📡",
  speech_balloon: "💬",
  star: "⭐",
  stopwatch: "⏱️",
  tada: "🎉",
  thumbsup: "👍",
  thumbsdown: "👎",
  turtle: "🐢",
  wastebasket: "🗑️",
  wave: "👋",
  wrench: "🔧",
  zap: "⚡",
  zzz: "💤",
};

export type Emoji =
  | { readonly kind: "drawn"; readonly shapes: readonly Shape[] }
  | { readonly kind: "glyph"; readonly glyph: string }
  | { readonly kind: "text"; readonly text: string };

/** How a shortcode (without its colons) is shown. */
export function emojiOf(name: string): Emoji {
  const shapes = Object.hasOwn(drawings, name) ? drawings[name] : undefined;
  if (shapes !== undefined) return { kind: "drawn", shapes };
  const glyph = Object.hasOwn(glyphs, name) ? glyphs[name] : undefined;
  return glyph === undefined ? { kind: "text", text: `:${name}:` } : { kind: "glyph", glyph };
}
