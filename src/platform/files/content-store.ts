import type { Readable } from 'node:stream'

/** Where a content lies: by company, so that one company's can be removed or moved as a whole. */
export interface ContentPlace {
  readonly companyId: string
  /** Made by us, see `contentName`, `previewName` and `middleName`; never from what somebody typed. */
  readonly name: string
}

/** A file on this machine that is about to be kept. */
export interface ArrivedFile {
  readonly path: string
  /** Bytes. */
  readonly size: number
  /** In hexadecimal digits. */
  readonly sha256: string
}

/** Bytes from `from` to `to`, both included. */
export interface ByteRange {
  readonly from: number
  readonly to: number
}

export interface KeptContent {
  readonly name: string
  readonly size: number
  readonly changedAt: Date
}

/** Keeps contents; what they are called and whose they are stands in the database. */
export interface ContentStore {
  /** Takes the file over, whole or not at all. */
  put(place: ContentPlace, file: ArrivedFile): Promise<void>
  /** The bytes as they come; undefined if there is no such content. */
  get(place: ContentPlace, range?: ByteRange): Promise<Readable | undefined>
  /** Bytes of a content; undefined if there is none. */
  sizeOf(place: ContentPlace): Promise<number | undefined>
  /** What is not there is as good as removed. */
  remove(place: ContentPlace): Promise<void>
  list(companyId: string): AsyncIterable<KeptContent>
}

export const contentName = (id: string): string => id
export const previewName = (id: string): string => `${id}-preview`
export const middleName = (id: string): string => `${id}-middle`

/** The file that a content belongs to; undefined for what none of us put there. */
export function idOfContent(name: string): string | undefined {
  return /^([0-9a-f]{8}-[0-9a-f-]{27})(-preview|-middle)?$/.exec(name)?.[1]
}
