import type { Label } from '#base/label.ts'
import type { Ctx } from '#platform/db/ctx.ts'

/** One thing that is compared with the records. */
export interface SystemCheck {
  readonly key: string
  readonly label: Label
  /** How many differences there are. */
  readonly run: (ctx: Ctx) => Promise<number>
}

let known: readonly SystemCheck[] = []

/** The app says what there is to compare: it alone knows every room. */
export function registerChecks(checks: readonly SystemCheck[]): void {
  known = checks
}

export function allChecks(): readonly SystemCheck[] {
  return known
}
