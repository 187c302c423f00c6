import type { Identities } from '../iam/identities.ts';
import { checkedPolicy } from '../iam/policies.ts';
import type { SandboxService } from '../service.ts';

/** KMS: keys, as far as their policies decide. */
export const kms = ({ identities }: { readonly identities: Identities }): SandboxService => ({
  resources: {
    'AWS::KMS::Key': ({ arn = '', name, properties }) => {
      const policy = properties['KeyPolicy'];
      identities.setResourcePolicy(
        arn,
        checkedPolicy('MalformedPolicyDocumentException', `key policy of ${name}`, policy, 'resource'),
      );
    },
  },
});
