import type { ComponentType } from 'react'
import type { Label } from '#base/label.ts'
import type { ScreenObject } from './use-objects.ts'
import type { RecordRow } from './use-records.ts'

/** Something that a room above shows on the page of every record. */
export interface RecordPart {
  readonly key: string
  readonly label: Label
  /** Where there is room: beside the record, or among what lies behind its tabs. */
  readonly place: 'beside' | 'tab'
  readonly Content: ComponentType<{ readonly object: ScreenObject; readonly row: RecordRow }>
}

const parts: RecordPart[] = []

/** Called once when the pages are put together. */
export function registerRecordPart(part: RecordPart): void {
  parts.push(part)
}

export function recordParts(): readonly RecordPart[] {
  return parts
}
