/** The XFlows that can be created, and the parameters each cannot do without. */
const required: ReadonlyMap<string, readonly string[]> = new Map([
  ["AppendID", ["inputTableName", "outputTableName"]],
  ["KMeans", ["inputTableName", "centerCount"]],
  ["LogisticRegression", ["inputTableName", "modelName", "labelColName"]],
  ["Prediction", ["inputTableName", "modelName", "outputTableName"]],
  ["order_pipeline", []],
]);

/** The parameters an XFlow must be given; undefined for an XFlow nobody knows. */
export const requiredParameters = (name: string): readonly string[] | undefined => required.get(name);

/** PAI's own algorithms; every XFlow is known in the simulated project as well, where clients look when they are not told. */
export const publicProject = "algo_public";
