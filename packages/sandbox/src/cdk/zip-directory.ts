import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { crc32 } from 'node:zlib';

/** Version 2.0 of the format, made on Unix, so that modes count (PKWARE APPNOTE 6.3.10, section 4.4.2). */
const version = 20;
const madeOnUnix = (3 << 8) | version;

/** The files of a directory as a ZIP archive, not compressed, links followed (PKWARE APPNOTE 6.3.10, section 4.3). */
export function zipDirectory(directory: string): Buffer {
  const locals: Buffer[] = [];
  const central: Buffer[] = [];
  let offset = 0;
  const files = filesBelow(directory);
  for (const path of files) {
    const name = Buffer.from(relative(directory, path).split(sep).join('/'));
    const content = readFileSync(path);
    const common = fieldsOf(name, content);
    const local = Buffer.alloc(4);
    local.writeUInt32LE(0x04034b50, 0);
    locals.push(local, common, name, content);
    central.push(entryOf(common, offset, statSync(path).mode), name);
    offset += local.length + common.length + name.length + content.length;
  }
  const listing = Buffer.concat(central);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(files.length, 8);
  end.writeUInt16LE(files.length, 10);
  end.writeUInt32LE(listing.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...locals, listing, end]);
}

/** Fields that the local header and the entry of the directory share: from the version to the length of the extra field. */
function fieldsOf(name: Buffer, content: Buffer): Buffer {
  const fields = Buffer.alloc(26);
  fields.writeUInt16LE(version, 0);
  // Bit 11: the name is UTF-8.
  fields.writeUInt16LE(1 << 11, 2);
  // The first day that the format knows, so that an archive depends on nothing but its files.
  fields.writeUInt16LE(0x21, 8);
  fields.writeUInt32LE(crc32(content), 10);
  fields.writeUInt32LE(content.length, 14);
  fields.writeUInt32LE(content.length, 18);
  fields.writeUInt16LE(name.length, 22);
  return fields;
}

function entryOf(common: Buffer, offset: number, mode: number): Buffer {
  const entry = Buffer.alloc(46);
  entry.writeUInt32LE(0x02014b50, 0);
  entry.writeUInt16LE(madeOnUnix, 4);
  common.copy(entry, 6);
  entry.writeUInt16LE(mode, 40);
  entry.writeUInt32LE(offset, 42);
  return entry;
}

/** Files below a directory, in the order of their names. */
const filesBelow = (directory: string): readonly string[] =>
  readdirSync(directory)
    .sort()
    .flatMap((name) => {
      const path = join(directory, name);
      return statSync(path).isDirectory() ? filesBelow(path) : path;
    });
