import { ApiProblem } from '#web/api/problem.ts'
import type { RecordRow } from '../record-row.ts'

/** What a record with a version that is no longer current looks like now, as the refusal tells it. */
export function currentOf(problem: unknown): RecordRow | undefined {
  if (!(problem instanceof ApiProblem) || problem.code !== 'RECORD_CHANGED') return undefined
  const { details } = problem
  if (!details || typeof details !== 'object' || !('current' in details)) return undefined
  // The server sends the record in the same shape as every other answer of this API.
  return details.current as RecordRow
}
