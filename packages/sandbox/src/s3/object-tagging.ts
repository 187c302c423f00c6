import type { Principal } from '@crosswind/iam/principal';
import type { AccessRequest } from '@crosswind/iam/request';
import type { Bucket, ObjectTags, StoredObject } from './bucket.ts';
import { missingObject } from './missing-object.ts';
import type { ObjectAddress } from './object-address.ts';
import { toTags } from './permissions.ts';
import { isMarker, retag, versionOf } from './versions.ts';

/** Dependencies of tags on the storage that they are part of. */
export interface ObjectTaggingPorts {
  readonly existing: (bucket: string) => Bucket;
  /** Throws unless all of it is allowed. */
  readonly permit: (...requests: readonly AccessRequest[]) => void;
}

/** Tags of objects. A change makes no new version. */
export class ObjectTagging {
  readonly #ports: ObjectTaggingPorts;

  constructor(ports: ObjectTaggingPorts) {
    this.#ports = ports;
  }

  /** GetObjectTagging: the object with its tags. */
  get(caller: Principal, address: ObjectAddress): StoredObject {
    return this.#permitted('Get', caller, address).object;
  }

  /** PutObjectTagging: the tags take the place of all that were there. */
  put(caller: Principal, address: ObjectAddress, tags: ObjectTags): StoredObject {
    const { bucket, object } = this.#permitted('Put', caller, address, tags);
    retag(bucket, object, tags);
    return object;
  }

  /** DeleteObjectTagging. */
  remove(caller: Principal, address: ObjectAddress): StoredObject {
    const { bucket, object } = this.#permitted('Delete', caller, address);
    retag(bucket, object, undefined);
    return object;
  }

  /** The object, if the caller may do that with its tags; who may not, does not learn whether it is there. */
  #permitted(verb: 'Get' | 'Put' | 'Delete', caller: Principal, address: ObjectAddress, written?: ObjectTags) {
    const { bucket: name, key, versionId } = address;
    const bucket = this.#ports.existing(name);
    const version = versionOf(bucket, key, versionId);
    const object = isMarker(version) ? undefined : version;
    this.#ports.permit(toTags(verb, caller, bucket, { key, versionId, tags: object?.tags }, written));
    if (object === undefined) throw missingObject(version, versionId);
    return { bucket, object };
  }
}
