/** Error codes of operations besides those of all services (AWS: "AWS Organizations API Reference: Common Errors"). */
export type OrganizationsErrorCode =
  | 'AccessDeniedException'
  | 'AWSOrganizationsNotInUseException'
  | 'ConstraintViolationException'
  | 'DuplicatePolicyAttachmentException'
  | 'DuplicatePolicyException'
  | 'InvalidInputException'
  | 'MalformedPolicyDocumentException'
  | 'ParentNotFoundException'
  | 'PolicyNotAttachedException'
  | 'PolicyNotFoundException'
  | 'PolicyTypeAlreadyEnabledException'
  | 'PolicyTypeNotEnabledException'
  | 'RootNotFoundException'
  | 'TargetNotFoundException'
  | 'NotImplemented';

/** An answer of Organizations that is not success; its message is what a client would read. */
export class OrganizationsError extends Error {
  override readonly name = 'OrganizationsError';
  readonly code: OrganizationsErrorCode;

  constructor(code: OrganizationsErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}
