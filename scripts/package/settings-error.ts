/** Something that whoever packages can put right. The framework prints an error of this name without a stack. */
export class SettingsError extends Error {
  override readonly name = "ServerlessError";
  readonly code = "ODPS_CHATOPS_SETTINGS";
}
