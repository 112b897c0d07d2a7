// Every number Slack holds a message to, and every number we hold ourselves to. Lengths are UTF-16 units after escaping:
// Slack counts `&lt;` as four. Where documents and measurements disagree, the stricter number stands here.

/** Slack's own limits: Block Kit reference, one page a block, element or object. */
export const limits = {
  /** Messages: blocks in one message. */
  blocks: 50,
  /** Undocumented: about 13,200 characters of block text give msg_blocks_too_long. */
  blocksText: 12_000,
  /** chat.postMessage, text: cut at 40,000, but msg_too_long is seen from about 4,000 on, mostly on updates. */
  fallbackText: 3_000,
  /** Section block: text, number of fields, text of a field. */
  sectionText: 3_000,
  fields: 10,
  fieldText: 2_000,
  /** Header block. */
  headerText: 150,
  /** Context block. */
  contextElements: 10,
  /** Button element. Its text shows about 30 characters, so that is where we clip. */
  buttonText: 30,
  buttonValue: 2_000,
  buttonUrl: 3_000,
  accessibilityLabel: 75,
  /** Option object: the documents also say 150 for the value, the published types 75. */
  optionText: 75,
  optionValue: 75,
  /** Select menu and overflow menu elements: number of options. */
  selectOptions: 100,
  overflowOptions: 5,
  /** Select menu element. */
  placeholder: 150,
  /** Table block: rows with the header, columns, characters over all cells of the message. */
  tableRows: 100,
  tableColumns: 20,
  tableText: 9_500,
  /** Data table block: rows without the header. One of them, or one table, a message. */
  dataTableRows: 100,
  dataTableColumns: 20,
  /** Modal: title and both buttons. */
  modalTitle: 24,
  /** Input block: label and hint. */
  inputLabel: 2_000,
  inputHint: 2_000,
  /** Date format of mrkdwn: the last second of the year 9999. */
  unixSeconds: 253_402_300_799,
} as const;

/** How much of a foreign text we show before it hides the rest of the message. */
export const shown = {
  /** A name, code or id inside a sentence. */
  inline: 120,
  /** Characters of an id that tell instances apart on a phone. */
  idEnd: 8,
  /** A sentence or two of prose. */
  prose: 1_000,
  /** First characters of a failure's message. */
  error: 300,
  /** A link inside mrkdwn; longer ones go into a button. */
  inlineUrl: 1_500,
  /** A service's answer shown verbatim. */
  verbatim: 3_000,
  /** The documented progress line of one task. */
  progressLine: 700,
  /** Lines about the tasks or stages of one instance, together. */
  taskLines: 1_500,
  /** Lines about the stages of one task. */
  stageLines: 1_200,
  /** A list of full ids, for copying. */
  ids: 8_000,
  /** Help: the groups of commands together, one of them, and the names in the text beside. */
  helpGroups: 9_000,
  helpGroup: 2_000,
  helpNames: 40,
  /** Acts of the audit trail, and the command of one. */
  auditLines: 9_000,
  auditCommand: 300,
  /** Sub-instances, each a section with its button. */
  subInstances: 20,
  /** A check-up: the checks that found something, and their lines together. */
  checks: 30,
  checkLines: 8_000,
  /** What somebody decides on: all of what a command can hold. */
  job: 9_000,
  /** A line of SQL. */
  sqlLine: 200,
  /** Tasks drawn in detail in one message; the rest is counted. */
  detailedTasks: 5,
  /** Buttons side by side before they wrap on a phone; the rest goes into an overflow menu. */
  buttons: 3,
  /** A cell of a list or of the monospace form of a table. */
  cell: 30,
  /** Widths tried for the cells of a result, widest first, until all rows fit. */
  resultCells: [400, 100, 40],
  /** Rows of a result a page. */
  pageSize: 10,
} as const;
