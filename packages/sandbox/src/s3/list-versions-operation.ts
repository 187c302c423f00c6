import { element, leaf } from '../xml.ts';
import { commonPrefixes, item, listHead, listQuery, type Naming, naming } from './bucket-operations.ts';
import type { ListedVersion } from './list-versions.ts';
import { answerXml } from './s3-answer.ts';
import type { Operation } from './s3-operation.ts';
import { parameterOf } from './s3-request.ts';
import { isMarker, versionIdOf } from './versions.ts';
import { xmlDocument } from './xml.ts';

/** ListObjectVersions: versions and delete markers. */
export const listObjectVersions: Operation = {
  parameters: ['versions', 'prefix', 'delimiter', 'key-marker', 'version-id-marker', 'max-keys', 'encoding-type'],
  headers: [],
  run: ({ storage, caller, request, response }) => {
    const [keyMarker, versionIdMarker] = [
      parameterOf(request, 'key-marker'),
      parameterOf(request, 'version-id-marker'),
    ];
    const list = listQuery(request);
    const page = storage.listVersions(caller, request.bucket, { ...list, keyMarker, versionIdMarker });
    const name = naming(request);
    const { next } = page;
    const body = xmlDocument(
      'ListVersionsResult',
      ...listHead(request, list, page),
      leaf('KeyMarker', name(keyMarker ?? '')),
      leaf('VersionIdMarker', versionIdMarker ?? ''),
      ...(page.isTruncated ? [leaf('NextKeyMarker', name(next.keyMarker))] : []),
      ...(page.isTruncated && next.versionIdMarker !== undefined
        ? [leaf('NextVersionIdMarker', next.versionIdMarker)]
        : []),
      ...page.versions.map((listed) => versionXml(listed, name)),
      ...commonPrefixes(page, name),
    );
    answerXml(response, body);
  },
};

function versionXml({ version, isLatest }: ListedVersion, name: Naming): string {
  const own = [leaf('VersionId', versionIdOf(version)), leaf('IsLatest', isLatest)];
  if (!isMarker(version)) return item('Version', version, name, ...own);
  const modified = leaf('LastModified', new Date(version.lastModified).toISOString());
  return element('DeleteMarker', leaf('Key', name(version.key)), ...own, modified);
}
