/** Standard error without the warning of the AWS SDK about Node 20, and with every other warning. */
export const withoutSdkWarning = (stderr: string): string =>
  stderr.replace(
    /^\(node:\d+\) Warning: NodeVersionSupportWarning: The AWS SDK for JavaScript \(v3\)\n[^]*?\nMore information can be found at: \S+\n\(Use `node --trace-warnings \.\.\.` [^\n]*\)\n/m,
    '',
  );
