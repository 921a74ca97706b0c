import type { ComponentType } from 'react'
import type { Label } from '#base/label.ts'
import type { ScreenObject } from './use-objects.ts'
import type { RecordRow } from './use-records.ts'

type OfRecord = ComponentType<{ readonly object: ScreenObject; readonly row: RecordRow }>

/** Something that a room above shows on the page of every record. */
export interface RecordPart {
  readonly key: string
  readonly label: Label
  readonly Content: OfRecord
  /** Only on records of this object. */
  readonly object?: string
  /** What everybody must see at once, above all parts. */
  readonly Notice?: OfRecord
  /** Stays a part among others where there is room beside the record. */
  readonly isTab?: boolean
}

const parts: RecordPart[] = []

/** Called once when the pages are put together. */
export function registerRecordPart(part: RecordPart): void {
  parts.push(part)
}

/** The parts of a record of this object. */
export function recordParts(object: string): readonly RecordPart[] {
  return parts.filter((part) => part.object === undefined || part.object === object)
}
