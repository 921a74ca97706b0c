import type { Label, LabelParams } from './label.ts'

/** One field that was refused; `field` is a path such as `amount` or `rows.3.owner`. */
export interface FieldFault {
  readonly field: string
  readonly code: string
  readonly label: Label
  readonly params?: LabelParams
}

export interface ErrorKind {
  /** HTTP status, 400–499. */
  readonly status: number
  readonly label: Label
}

/** "This request cannot be served": a stable code, a text in both languages, and the fields at fault. */
export class AppError extends Error {
  readonly code: string
  readonly status: number
  readonly label: Label
  readonly params: LabelParams
  readonly faults: readonly FieldFault[]
  /** Facts the caller needs to go on, e.g. the newer version of a record. Never internals. */
  readonly details: unknown

  constructor(
    code: string,
    kind: ErrorKind,
    params: LabelParams = {},
    faults: readonly FieldFault[] = [],
    details?: unknown,
  ) {
    super(code)
    this.code = code
    this.status = kind.status
    this.label = kind.label
    this.params = params
    this.faults = faults
    this.details = details
  }
}

const known = new Map<string, ErrorKind>()

/** Every kind of error that the loaded rooms may answer, by code. */
export function knownErrors(): ReadonlyMap<string, ErrorKind> {
  return known
}

type Raise = (params?: LabelParams, faults?: readonly FieldFault[], details?: unknown) => AppError

/** A room's errors: `targetErrors.PLAN_NOT_FOUND()` makes the AppError with that code. */
export function defineErrors<const K extends Record<string, ErrorKind>>(kinds: K): { readonly [C in keyof K]: Raise } {
  for (const [code, kind] of Object.entries(kinds)) known.set(code, kind)
  const raise = (code: string, kind: ErrorKind): Raise => {
    return (params, faults, details) => new AppError(code, kind, params, faults, details)
  }
  return Object.fromEntries(Object.entries(kinds).map(([code, kind]) => [code, raise(code, kind)])) as {
    [C in keyof K]: Raise
  }
}
