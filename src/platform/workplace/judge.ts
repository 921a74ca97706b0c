import type { Answered } from '#platform/outside/post.ts'
import { WorkplaceFault, type WorkplaceProblem } from './adapter.ts'

export type Fields = Readonly<Record<string, unknown>>

/** What a code of theirs means. `spent`: a limit that no waiting helps against; `busy`: soon well again, they say. */
export type Meaning = WorkplaceProblem | 'token' | 'busy' | 'spent'

/** Why they refused, in their own words. */
export interface Complaint {
  readonly code: string
  readonly detail: string
}

/** How one brand words its refusals. */
export interface Wording {
  /** Undefined: it answered well. */
  complaintIn(fields: Fields): Complaint | undefined
  readonly meanings: Readonly<Record<string, Meaning>>
}

export type Verdict =
  | { readonly kind: 'well'; readonly fields: Fields }
  /** `token`, `rate` and `busy` may be better at another try; `afterMs`, where they say when. */
  | {
      readonly kind: 'token' | 'rate' | 'busy' | 'final'
      readonly fault: WorkplaceFault
      readonly afterMs: number | undefined
    }

/** What came of a call. */
export function judge({ complaintIn, meanings }: Wording, answered: Answered): Verdict {
  if (!answered.ok) {
    return answered.problem === 'private-address'
      ? refused('private-address', { code: answered.problem, detail: '' })
      : refused('busy', { code: answered.problem, detail: '' })
  }
  const { status, body, isCut, retryAfter } = answered
  const afterMs = retryAfter === undefined ? undefined : retryAfter * 1000
  if (isCut) return refused('unexpected', { code: 'too-long', detail: '' })
  const fields = fieldsOf(body)
  const complaint = fields && complaintIn(fields)
  if (fields && !complaint && status >= 200 && status < 300) return { kind: 'well', fields }
  const meaning = complaint && meanings[complaint.code]
  return refused(meaning ?? meaningOfStatus(status), complaint ?? { code: `HTTP ${status}`, detail: '' }, afterMs)
}

function meaningOfStatus(status: number): Meaning {
  if (status === 429) return 'rate'
  return status >= 500 ? 'busy' : 'unexpected'
}

function refused(meaning: Meaning, { code, detail }: Complaint, afterMs?: number): Verdict {
  const fault = (problem: WorkplaceProblem) => new WorkplaceFault(problem, code, detail)
  if (meaning === 'token') return { kind: 'token', fault: fault('credentials'), afterMs }
  if (meaning === 'busy') return { kind: 'busy', fault: fault('unreachable'), afterMs }
  if (meaning === 'rate') return { kind: 'rate', fault: fault('rate'), afterMs }
  return { kind: 'final', fault: fault(meaning === 'spent' ? 'rate' : meaning), afterMs }
}

/** Undefined where it is no JSON object. */
function fieldsOf(body: string): Fields | undefined {
  try {
    const parsed: unknown = JSON.parse(body)
    return typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed) ? { ...parsed } : undefined
  } catch {
    return undefined
  }
}
