/** A small platform: one tenant, two waves. The tests below change one line each. */
export const platformText = `organization:
  id: o-exampleorg1
  managementAccount: '999999999999'
region: eu-west-1
pipeline:
  account: tooling
  repository: example-org/platform
  connection: arn:aws:codeconnections:eu-west-1:111111111111:connection/1
monitoring:
  account: tooling
  page: [on-call@example.com]
waves:
  - name: dev
  - name: prod
    approval: true
accounts:
  - name: tooling
    id: '111111111111'
    email: tooling@example.com
    organizationalUnit: Infrastructure
  - name: parent-dev
    id: '022222222222'
    email: parent-dev@example.com
    organizationalUnit: Workloads
  - name: child-dev
    id: '033333333333'
    email: child-dev@example.com
    organizationalUnit: Workloads
  - name: parent-prod
    id: '044444444444'
    email: parent-prod@example.com
    organizationalUnit: Workloads
  - name: child-prod
    id: '055555555555'
    email: child-prod@example.com
    organizationalUnit: Workloads
tenants:
  - name: wind
    workload: word-count
    owner: letters-team
    waves:
      dev:
        parent: parent-dev
        child: child-dev
      prod:
        parent: parent-prod
        child: child-prod
        settings:
          batchSize: 100
          years: [2022, 2023]
`;

/** The platform's text with one piece of it replaced; the piece must be there. */
export function changed(piece: string, replacement: string): string {
  if (!platformText.includes(piece)) throw new Error(`the platform has no ${JSON.stringify(piece)}`);
  return platformText.replace(piece, replacement);
}
