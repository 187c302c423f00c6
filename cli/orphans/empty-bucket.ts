/** Objects of a call (API_DeleteObjects). */
const mostObjects = 1_000;

/**
 * A command of the shell that deletes every object of a bucket with all versions and delete markers, and ends where one
 * cannot be deleted. `aws s3 rm` leaves the versions.
 */
export function emptyBucket(name: string, region: string): string {
  const bucket = `--region ${region} --bucket ${name}`;
  const list = `aws s3api list-object-versions ${bucket} --max-items ${mostObjects} --output json --query '{Objects: [Versions, DeleteMarkers][].{Key: Key, VersionId: VersionId}}'`;
  const remove = `aws s3api delete-objects ${bucket} --delete file:///dev/stdin --query 'Errors[0]' --output text`;
  return `while objects="$(${list})" && grep -q VersionId <<< "$objects"; do ${remove} <<< "$objects" | grep -qx None || break; done`;
}
