/** Where an object is. */
export interface ObjectAddress {
  readonly bucket: string;
  readonly key: string;
  /**
   * Id of a version; `null` is the version without an id.
   *
   * @default - the current version
   */
  readonly versionId?: string;
}
