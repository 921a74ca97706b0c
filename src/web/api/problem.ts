/** One refused field, as the server words it for the reader. */
export interface ProblemFault {
  readonly field: string
  readonly code: string
  readonly message: string
}

interface ProblemBody {
  readonly code?: string
  readonly title?: string
  readonly detail?: string
  readonly errors?: readonly ProblemFault[]
  readonly requestId?: string
  readonly details?: unknown
}

/** The server's refusal (RFC 9457), or a network that did not answer (`status` 0). */
export class ApiProblem extends Error {
  readonly status: number
  readonly code: string
  readonly title: string
  readonly detail: string | undefined
  readonly faults: readonly ProblemFault[]
  readonly requestId: string | undefined
  readonly details: unknown

  constructor(status: number, body: ProblemBody = {}) {
    super(body.title ?? `HTTP ${status}`)
    this.status = status
    this.code = body.code ?? (status === 0 ? 'OFFLINE' : `HTTP_${status}`)
    this.title = body.title ?? ''
    this.detail = body.detail
    this.faults = body.errors ?? []
    this.requestId = body.requestId
    this.details = body.details
  }
}

/** The message for one field, if the server refused it. */
export function faultOf(problem: unknown, field: string): string | undefined {
  if (!(problem instanceof ApiProblem)) return undefined
  return problem.faults.find((fault) => fault.field === field || fault.field === `values.${field}`)?.message
}
