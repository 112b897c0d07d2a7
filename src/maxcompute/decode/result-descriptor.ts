import type { ResultColumn, ResultDescriptor } from "../instance.ts";
import { isJsonObject, parseJson, textField } from "../json.ts";

const columnOf = (value: unknown): readonly ResultColumn[] => {
  if (!isJsonObject(value)) return [];
  const name = textField(value, "Name");
  return name === undefined ? [] : [{ name, type: textField(value, "Type") ?? "" }];
};

const columnsOf = (schema: unknown): readonly ResultColumn[] | undefined => {
  if (!isJsonObject(schema) || !Array.isArray(schema.Columns)) return undefined;
  return schema.Columns.flatMap(columnOf);
};

/**
 * `{"IsSelect":true,"SelectResultStatus":"COMPLETE","Schema":{"Columns":[{"Name":"id","Type":"bigint"}]}}` (protocol section 7.1).
 * It only adds to a result that stands by itself, so whatever cannot be read is left out instead of failing the result.
 */
export function parseResultDescriptor(text: string): ResultDescriptor | undefined {
  const value = parseJson(text);
  if (!isJsonObject(value)) return undefined;
  const isSelect = typeof value.IsSelect === "boolean" ? value.IsSelect : undefined;
  return { isSelect, selectResultStatus: textField(value, "SelectResultStatus"), columns: columnsOf(value.Schema) };
}
