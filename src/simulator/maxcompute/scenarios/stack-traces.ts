const repeated = (count: number, line: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => line(index)).join("");

/** Python's trace of a user function that called itself until it could not: about `frames` times two lines. */
export const pythonTrace = (frames: number): string =>
  "Traceback (most recent call last):\n" +
  '  File "/home/admin/odps/udf/worker.py", line 212, in process\n    result = self.udf.evaluate(*row)\n' +
  repeated(
    frames,
    (index) =>
      `  File "score_orders.py", line ${40 + (index % 3)}, in flatten\n    return flatten(node["children"][${index % 7}])\n`,
  ) +
  '  File "score_orders.py", line 38, in flatten\n    return float(node["amount"])\n' +
  "ValueError: could not convert string to float: '12,50'\n";

/** Java's trace of a user function, with a cause below; about `frames` lines. */
export const javaTrace = (frames: number): string =>
  'com.aliyun.odps.udf.UDFException: java.lang.NumberFormatException: For input string: "12,50"\n' +
  repeated(frames, (index) => `\tat com.example.udf.Flatten.visit(Flatten.java:${60 + (index % 4)})\n`) +
  "\tat com.example.udf.ScoreOrders.evaluate(ScoreOrders.java:31)\n" +
  "\tat com.aliyun.odps.udf.impl.batch.BatchUDFWrapper.evaluate(BatchUDFWrapper.java:112)\n" +
  'Caused by: java.lang.NumberFormatException: For input string: "12,50"\n' +
  "\tat java.lang.NumberFormatException.forInputString(NumberFormatException.java:65)\n" +
  "\tat java.lang.Double.parseDouble(Double.java:538)\n" +
  `\t... ${frames} more\n`;
