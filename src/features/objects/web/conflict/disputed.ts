import { isSame } from '#engine/model/is-same.ts'
import type { RecordChanges, RecordRow } from '../use-records.ts'

/** A change that was refused because somebody changed the record first. */
export interface Clash {
  readonly before: RecordRow
  readonly mine: RecordChanges
  readonly theirs: RecordRow
}

/** Do both want another value of this field? Where they changed something else, what I change is still as it was seen. */
export function isDisputed({ before, mine, theirs }: Clash, key: string): boolean {
  return key in mine && !isSame(theirs[key], before[key]) && !isSame(theirs[key], mine[key])
}
