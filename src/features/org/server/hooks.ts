import type { Label } from '#base/label.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import type { Step, Tx } from '#platform/db/step.ts'

/** Business that a person may own: rooms above say what it is, how much there is and how it changes hands. */
export interface Holding {
  /** Key of the object, e.g. `opportunity`. */
  readonly object: string
  readonly label: Label
  count(tx: Tx, ctx: Ctx, personId: string): Promise<number>
  /** Hands all of it over in the step and answers how many. */
  transfer(step: Step, fromId: string, toId: string): Promise<number>
}

type CompanyCreated = (step: Step) => Promise<void>

const companyCreated: CompanyCreated[] = []

let holdings: (ctx: Ctx) => readonly Holding[] = () => []

/** Says what people of a company may own; objects that it made are among it. */
export function registerHoldings(of: (ctx: Ctx) => readonly Holding[]): void {
  holdings = of
}

export function allHoldings(ctx: Ctx): readonly Holding[] {
  return holdings(ctx)
}

/** Called in the transaction that creates a company: each room lays out what it needs. */
export function onCompanyCreated(act: CompanyCreated): void {
  companyCreated.push(act)
}

export async function tellCompanyCreated(step: Step): Promise<void> {
  for (const act of companyCreated) await act(step)
}
