/** Sends the answer of a custom resource to the address that CloudFormation gave for it. */
export async function sendToCloudFormation(url: string, body: string): Promise<void> {
  // CloudFormation signs its address for an empty content type.
  const { ok, status } = await fetch(url, { method: 'PUT', body, headers: { 'content-type': '' } });
  if (!ok) throw new Error(`CloudFormation refused the answer with status ${status}`);
}
